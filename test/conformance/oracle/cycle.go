package main

import (
	"fmt"
	"slices"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/names"
)

// cycle is the scheduling cycle of one pod. It follows schedulePod and findNodesThatFitPod of
// kube-scheduler's schedule_one.go, except that nominations and extenders are left out, every
// node is filtered, and one node's error does not keep the others from being filtered.
type cycle struct {
	*cluster
	pod      *v1.Pod
	state    cycleState
	nodes    []nodeInfo
	feasible []nodeInfo
	report   *podReport
}

// evaluate runs one cycle and then, if a node is named, reserves the pod there. A pod that has
// a node is taken off it and evaluated as if it had none.
func (c *cluster) evaluate(pod *v1.Pod, plans bool, reserveOn string) (*podReport, error) {
	candidate := pod
	if pod.Spec.NodeName != "" {
		candidate = pod.DeepCopy()
		candidate.Spec.NodeName = ""
	}
	if isOnNode(pod) && c.cache.RemovePod(klog.Background(), pod) == nil {
		if reserveOn == "" {
			defer c.addPod(pod)
		}
	}
	if err := c.refreshSnapshot(); err != nil {
		return nil, err
	}
	nodes, err := c.snapshot.NodeInfos().List()
	if err != nil {
		return nil, err
	}
	run := &cycle{
		cluster: c, pod: candidate, state: framework.NewCycleState(), nodes: slices.Clone(nodes),
		report: &podReport{Pod: podName(pod), Feasible: []string{}, Infeasible: []rejection{}},
	}
	slices.SortFunc(run.nodes, func(a, b nodeInfo) int {
		return strings.Compare(a.Node().Name, b.Node().Name)
	})
	run.schedule()
	if plans {
		run.addPlans()
	}
	if reserveOn != "" {
		run.reserve(reserveOn)
	}
	return run.report, nil
}

// schedule runs PreFilter, then Filter for every node, and fills the report but for the plans.
func (c *cycle) schedule() {
	if len(c.nodes) == 0 {
		c.report.Error = scheduler.ErrNoNodesAvailable.Error()
		return
	}
	diagnosis := framework.Diagnosis{NodeToStatus: framework.NewDefaultNodeToStatus()}
	narrowed, preFilter, narrowing := c.framework.RunPreFilterPlugins(c.ctx, c.state, c.pod)
	if !preFilter.IsSuccess() {
		if !preFilter.IsRejected() {
			c.report.Error = preFilter.AsError().Error()
			return
		}
		diagnosis.NodeToStatus.SetAbsentNodesStatus(preFilter)
		diagnosis.PreFilterMsg = preFilter.Message()
		whole := describe("", preFilter, narrowing)
		c.report.PreFilter = &whole
		c.report.Message = c.fitError(diagnosis)
		return
	}
	var outside *status
	if !narrowed.AllNodes() {
		outside = newUnresolvable(fmt.Sprintf("node(s) didn't satisfy plugin(s) %v", sets.List(narrowing)))
		diagnosis.NodeToStatus.SetAbsentNodesStatus(outside)
	}
	for _, node := range c.nodes {
		name := node.Node().Name
		if outside != nil && !narrowed.NodeNames.Has(name) {
			c.report.Infeasible = append(c.report.Infeasible, describe(name, outside, narrowing))
			continue
		}
		c.filter(node, diagnosis)
	}
	c.report.Schedulable = len(c.feasible) > 0 && c.report.Error == ""
	if !c.report.Schedulable && c.report.Error == "" {
		c.report.Message = c.fitError(diagnosis)
	}
}

// filter runs the Filter plugins for one node.
func (c *cycle) filter(node nodeInfo, diagnosis framework.Diagnosis) {
	name := node.Node().Name
	verdict := c.framework.RunFilterPlugins(c.ctx, c.state, c.pod, node)
	switch {
	case verdict.IsSuccess():
		c.feasible = append(c.feasible, node)
		c.report.Feasible = append(c.report.Feasible, name)
	case verdict.IsRejected():
		diagnosis.NodeToStatus.Set(name, verdict)
		c.report.Infeasible = append(c.report.Infeasible, describe(name, verdict, nil))
	case c.report.Error == "":
		c.report.Error = verdict.AsError().Error()
	}
}

// fitError is the scheduler's message about a pod that fits nowhere.
func (c *cycle) fitError(diagnosis framework.Diagnosis) string {
	fitError := framework.FitError{Pod: c.pod, NumAllNodes: len(c.nodes), Diagnosis: diagnosis}
	return fitError.Error()
}

// describe turns a status into a rejection. A status that narrowed nodes away names no plugin;
// it stands for all plugins that narrowed them.
func describe(node string, rejected *status, narrowing sets.Set[string]) rejection {
	plugin := rejected.Plugin()
	if plugin == "" {
		plugin = strings.Join(sets.List(narrowing), ",")
	}
	reasons := append([]string{}, rejected.Reasons()...)
	if plugin == names.NodeResourcesFit {
		sortScalars(reasons)
	}
	return rejection{Node: node, Plugin: plugin, Code: rejected.Code().String(), Reasons: reasons}
}

// sortScalars sorts the reasons that NodeResourcesFit gives for resources that it keeps in a Go
// map: all but these four, which come first and in this order.
func sortScalars(reasons []string) {
	fixed := []string{
		"Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage",
	}
	first := 0
	for first < len(reasons) && slices.Contains(fixed, reasons[first]) {
		first++
	}
	slices.Sort(reasons[first:])
}
