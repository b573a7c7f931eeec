package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/scheduler"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/parallelize"
	"k8s.io/kubernetes/pkg/scheduler/metrics"

	_ "unsafe" // for go:linkname
)

// numFeasibleNodesToFind is the scheduler's own rule for how many feasible nodes end a search.
//
//go:linkname numFeasibleNodesToFind k8s.io/kubernetes/pkg/scheduler.(*Scheduler).numFeasibleNodesToFind
func numFeasibleNodesToFind(s *scheduler.Scheduler, percentage *int32, nodes int32) int32

// search times the search for nodes. It follows findNodesThatFitPod and
// findNodesThatPassFilters of schedule_one.go without nominations and extenders.
type search struct {
	*cluster
	parallelizer parallelize.Parallelizer
	random       *rand.Rand
	sample       int
	truncate     bool
	// next is the node at which the next search begins: with truncation every search begins
	// where the one before stopped.
	next int
}

func newSearch(c *cluster, b *benchOptions) *search {
	return &search{
		cluster: c, parallelizer: parallelize.NewParallelizer(b.parallelism),
		random: b.random(), sample: b.sample, truncate: b.truncate,
	}
}

// time runs PreFilter once and Filter on the nodes, and times both.
func (s *search) time(pod *v1.Pod) podTimes {
	times := podTimes{Pod: podName(pod)}
	if pod.Spec.NodeName != "" {
		times.Error = "pod has a node"
		return times
	}
	all, err := s.snapshot.NodeInfos().List()
	if err != nil || len(all) == 0 {
		times.Error = scheduler.ErrNoNodesAvailable.Error()
		return times
	}
	state := framework.NewCycleState()
	sampled := s.draw(all)

	begin := time.Now()
	narrowed, preFilter, _ := s.framework.RunPreFilterPlugins(s.ctx, state, pod)
	times.PreFilterNs = time.Since(begin).Nanoseconds()
	times.Ns = times.PreFilterNs
	if !preFilter.IsSuccess() {
		times.Error = preFilter.Message()
		return times
	}

	begin = time.Now()
	cpu := cpuTime()
	nodes := sampled
	if !narrowed.AllNodes() {
		nodes = nil
		for name := range narrowed.NodeNames {
			if node, err := s.snapshot.NodeInfos().Get(name); err == nil {
				nodes = append(nodes, node)
			}
		}
	}
	s.filterAll(state, pod, nodes, &times)
	times.FilterNs = time.Since(begin).Nanoseconds()
	times.FilterCPUNs = cpuTime() - cpu
	times.Ns += times.FilterNs
	return times
}

// cpuTime is the processor time of this process, in nanoseconds.
func cpuTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// draw returns the nodes to filter: all of them, or a random sample.
func (s *search) draw(all []nodeInfo) []nodeInfo {
	if s.sample <= 0 || s.sample >= len(all) {
		return all
	}
	drawn := make([]nodeInfo, s.sample)
	for i, at := range s.random.Perm(len(all))[:s.sample] {
		drawn[i] = all[at]
	}
	return drawn
}

// filterAll filters nodes with the scheduler's parallelizer.
func (s *search) filterAll(state cycleState, pod *v1.Pod, nodes []nodeInfo, times *podTimes) {
	wanted := int32(len(nodes))
	if s.truncate {
		wanted = numFeasibleNodesToFind(&scheduler.Scheduler{}, nil, wanted)
	}
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	feasible := make([]nodeInfo, wanted)
	rejected := make([]*status, len(nodes))
	var found, evaluated atomic.Int32
	var failed sync.Once
	s.parallelizer.Until(ctx, len(nodes), func(i int) {
		node := nodes[(s.next+i)%len(nodes)]
		evaluated.Add(1)
		verdict := s.framework.RunFilterPlugins(ctx, state, pod, node)
		switch {
		case verdict.IsSuccess():
			if place := found.Add(1); place > wanted {
				cancel()
				found.Add(-1)
			} else {
				feasible[place-1] = node
			}
		case verdict.IsRejected():
			rejected[i] = verdict
		default:
			failed.Do(func() { times.Error = verdict.AsError().Error(); cancel() })
		}
	}, metrics.Filter)
	diagnosis := framework.NewDefaultNodeToStatus()
	for i, verdict := range rejected {
		if verdict != nil {
			diagnosis.Set(nodes[(s.next+i)%len(nodes)].Node().Name, verdict)
		}
	}
	times.NodesEvaluated, times.Feasible = int(evaluated.Load()), int(found.Load())
	if s.truncate && len(nodes) > 0 {
		s.next = (s.next + times.Feasible + diagnosis.Len()) % len(nodes)
	}
}
