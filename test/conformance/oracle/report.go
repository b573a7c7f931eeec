package main

// report is the answer to one request.
type report struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	Kubernetes string          `json:"kubernetes"`
	Mode       string          `json:"mode"`
	Filters    []string        `json:"filters"`
	Gates      map[string]bool `json:"gates"`
	Nodes      int             `json:"nodes"`
	Pods       []podReport     `json:"pods"`
	// Steps are what came of the steps of the request, if it has some.
	Steps []stepReport `json:"steps,omitempty"`
}

// podReport is the verdict on one pod.
type podReport struct {
	Pod         string      `json:"pod"`
	Schedulable bool        `json:"schedulable"`
	Feasible    []string    `json:"feasible"`
	Infeasible  []rejection `json:"infeasible"`
	PreFilter   *rejection  `json:"preFilter,omitempty"`
	Error       string      `json:"error,omitempty"`
	Message     string      `json:"message,omitempty"`
	// Plans is absent unless the request asked for plans.
	Plans *map[string]plan `json:"plans,omitempty"`
	// Reserve is present when the request named a node on which to reserve the pod.
	Reserve *reservation `json:"reserve,omitempty"`
}

// rejection says which plugin turned a node (or, without node, the whole pod) down.
type rejection struct {
	Node    string   `json:"node,omitempty"`
	Plugin  string   `json:"plugin"`
	Code    string   `json:"code"`
	Reasons []string `json:"reasons"`
}

// plan is what VolumeBinding would do with the pod's unbound claims on one node.
type plan struct {
	StaticBindings    []staticBinding `json:"staticBindings"`
	DynamicProvisions []string        `json:"dynamicProvisions"`
	// Score is nil where the scheduler itself panics.
	Score *int64 `json:"score,omitempty"`
}

type staticBinding struct {
	Claim  string `json:"claim"`
	Volume string `json:"volume"`
}

// reservation tells how reserving a pod ended; Error is empty when it is reserved.
type reservation struct {
	Node  string `json:"node"`
	Error string `json:"error,omitempty"`
}

// evaluateRequest evaluates the pods of one request.
func evaluateRequest(req *request, gates map[string]bool) (*report, error) {
	set, err := decodeObjects(req.Objects)
	if err != nil {
		return nil, err
	}
	c, err := newCluster(set, req.Filters, req.PluginConfig)
	if err != nil {
		return nil, err
	}
	defer c.stop()
	if c.binding != nil {
		orderLists(c.binding, req.Order)
	}
	result := &report{
		APIVersion: "topomatch/v1", Kind: "FeasibilityReport", Kubernetes: minor, Mode: "live",
		Filters: req.Filters, Gates: gates, Nodes: len(c.nodes), Pods: []podReport{},
	}
	if len(req.Steps) > 0 {
		result.Steps, err = c.runSteps(req.Steps, req.Plans)
		return result, err
	}
	pods, err := choosePods(c.pods, req.Pods)
	if err != nil {
		return nil, err
	}
	for _, pod := range pods {
		verdict, err := c.evaluate(pod, req.Plans, req.Reserve[podName(pod)])
		if err != nil {
			return nil, err
		}
		result.Pods = append(result.Pods, *verdict)
		for _, reserved := range req.Unreserve[podName(pod)] {
			if err := c.unreserve(reserved); err != nil {
				return nil, err
			}
		}
	}
	return result, nil
}
