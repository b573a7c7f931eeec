package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/scheduler/framework/parallelize"
)

// benchOptions are the flags of the benchmark, which times PreFilter and Filter on one cluster.
type benchOptions struct {
	file        string
	filters     string
	gates       string
	pods        string
	limit       int
	sample      int
	seed        uint64
	truncate    bool
	parallelism int
}

func (b *benchOptions) register(flags *flag.FlagSet) {
	flags.StringVar(&b.file, "bench", "", "time the cluster in this `file` (a List, or one object a line)")
	flags.StringVar(&b.filters, "filters", "", "bench: comma-separated plugins (default all)")
	flags.StringVar(&b.gates, "gates", "", "bench: feature gates, NAME=true,NAME=false")
	flags.StringVar(&b.pods, "pods", "", "bench: comma-separated NAMESPACE/NAME (default every pending pod)")
	flags.IntVar(&b.limit, "limit", 0, "bench: time only the first `N` pods")
	flags.IntVar(&b.sample, "sample", 0, "bench: filter only `N` nodes drawn anew for each pod")
	flags.Uint64Var(&b.seed, "seed", 1, "bench: seed of the sample")
	flags.BoolVar(&b.truncate, "truncate", false, "bench: stop a search where kube-scheduler would")
	flags.IntVar(&b.parallelism, "parallelism", parallelize.DefaultParallelism, "bench: workers that filter nodes")
}

// benchReport is what the benchmark prints.
type benchReport struct {
	Kubernetes  string     `json:"kubernetes"`
	Version     string     `json:"version"`
	Go          string     `json:"go"`
	MaxProcs    int        `json:"maxProcs"`
	Parallelism int        `json:"parallelism"`
	Filters     []string   `json:"filters"`
	Nodes       int        `json:"nodes"`
	Sample      int        `json:"sample"`
	Truncate    bool       `json:"truncate"`
	SetupNs     int64      `json:"setupNs"`
	Pods        []podTimes `json:"pods"`
}

// podTimes are the times of one pod. The nodes that were filtered are NodesEvaluated of the
// cluster's; Feasible counts among these. FilterCPUNs is what the whole process took meanwhile, on
// all cores, its garbage collector included.
type podTimes struct {
	Pod            string `json:"pod"`
	Ns             int64  `json:"ns"`
	PreFilterNs    int64  `json:"preFilterNs"`
	FilterNs       int64  `json:"filterNs"`
	FilterCPUNs    int64  `json:"filterCpuNs"`
	NodesEvaluated int    `json:"nodesEvaluated"`
	Feasible       int    `json:"feasible"`
	Error          string `json:"error,omitempty"`
}

func (b *benchOptions) run(out io.Writer) error {
	filters, err := chooseFilters(splitList(b.filters))
	if err != nil {
		return err
	}
	gates, err := parseGates(b.gates)
	if err == nil {
		err = newGateSwitch().set(gates)
	}
	if err != nil {
		return err
	}
	begin := time.Now()
	c, pods, err := b.load(filters)
	if err != nil {
		return err
	}
	defer c.stop()
	result := benchReport{
		Kubernetes: minor, Version: linkedVersion(), Go: runtime.Version(),
		MaxProcs: runtime.GOMAXPROCS(0), Parallelism: b.parallelism, Filters: filters,
		Nodes: len(c.nodes), Sample: b.sample, Truncate: b.truncate, Pods: []podTimes{},
	}
	runtime.GC()
	result.SetupNs = time.Since(begin).Nanoseconds()
	search := newSearch(c, b)
	for _, pod := range pods {
		result.Pods = append(result.Pods, search.time(pod))
	}
	return encodeLine(bufio.NewWriter(out), result)
}

// load reads the file and makes the cluster, its snapshot included. The lists of the volume
// binder stay in the random order that kube-scheduler gives them: sorting them would be timed.
func (b *benchOptions) load(filters []string) (*cluster, []*v1.Pod, error) {
	text, err := os.ReadFile(b.file)
	if err != nil {
		return nil, nil, err
	}
	documents, err := splitDocuments(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", b.file, err)
	}
	set, err := decodeObjects(documents)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", b.file, err)
	}
	c, err := newCluster(set, filters, nil)
	if err != nil {
		return nil, nil, err
	}
	pods, err := choosePods(c.pods, splitList(b.pods))
	if err == nil {
		err = c.refreshSnapshot()
	}
	if err != nil {
		c.stop()
		return nil, nil, err
	}
	if b.limit > 0 && b.limit < len(pods) {
		pods = pods[:b.limit]
	}
	return c, pods, nil
}

// splitDocuments reads JSON values one after another.
func splitDocuments(text []byte) ([]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var documents []json.RawMessage
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

func splitList(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func parseGates(list string) (map[string]bool, error) {
	gates := map[string]bool{}
	for _, entry := range splitList(list) {
		name, value, _ := strings.Cut(entry, "=")
		if value != "true" && value != "false" {
			return nil, fmt.Errorf("gate %q: want NAME=true or NAME=false", entry)
		}
		gates[name] = value == "true"
	}
	return gates, nil
}

func (b *benchOptions) random() *rand.Rand { return rand.New(rand.NewPCG(b.seed, 0)) }
