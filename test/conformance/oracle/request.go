package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	v1 "k8s.io/api/core/v1"
)

// request is one line of input.
type request struct {
	// Objects are Kubernetes objects as an API server would return them.
	Objects []json.RawMessage `json:"objects"`
	// Gates are feature gates to set for this cluster.
	Gates map[string]bool `json:"gates"`
	// Filters are the plugins to run; empty means all of allFilters.
	Filters []string `json:"filters"`
	// PluginConfig is the field of that name of a KubeSchedulerConfiguration's profile: arguments
	// of plugins that differ from the default ones.
	PluginConfig json.RawMessage `json:"pluginConfig"`
	// Plans asks for the volume plan and the score of each feasible node.
	Plans bool `json:"plans"`
	// Pods are the pods to evaluate, as NAMESPACE/NAME; empty means all pending ones.
	Pods []string `json:"pods"`
	// Order replaces the canonical order of volumes and capacity objects.
	Order listOrder `json:"order"`
	// Reserve maps evaluated pods to the node on which they are then reserved, so that the
	// pods after them see the result.
	Reserve map[string]string `json:"reserve"`
	// Unreserve maps evaluated pods to reserved ones that are given back after them.
	Unreserve map[string][]string `json:"unreserve"`
	// Steps are done one after another instead of all of the above from Pods on.
	Steps []step `json:"steps"`
}

// allFilters are the plugins the oracle can run, in the order in which a report lists them.
var allFilters = []string{
	"NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity", "NodeResourcesFit",
	"VolumeRestrictions", "NodeVolumeLimits", "VolumeBinding", "VolumeZone",
}

func decodeRequest(line []byte) (*request, error) {
	req := &request{}
	if err := json.Unmarshal(line, req); err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	filters, err := chooseFilters(req.Filters)
	req.Filters = filters
	return req, err
}

// chooseFilters puts the named filters into the order of allFilters.
func chooseFilters(names []string) ([]string, error) {
	if len(names) == 0 {
		return allFilters, nil
	}
	for _, name := range names {
		if !slices.Contains(allFilters, name) {
			return nil, fmt.Errorf("unknown filter %q", name)
		}
	}
	return slices.DeleteFunc(slices.Clone(allFilters), func(name string) bool {
		return !slices.Contains(names, name)
	}), nil
}

// choosePods returns the pods to evaluate: the named ones in their order, each once, or every
// pending pod in the order of the input.
func choosePods(pods []*v1.Pod, names []string) ([]*v1.Pod, error) {
	var chosen []*v1.Pod
	if len(names) == 0 {
		for _, pod := range pods {
			if isPending(pod) {
				chosen = append(chosen, pod)
			}
		}
		return chosen, nil
	}
	for _, name := range names {
		if !strings.Contains(name, "/") {
			name = defaultNamespace + "/" + name
		}
		at := slices.IndexFunc(pods, func(pod *v1.Pod) bool { return podName(pod) == name })
		if at < 0 {
			return nil, fmt.Errorf("unknown pod %q", name)
		}
		if !slices.Contains(chosen, pods[at]) {
			chosen = append(chosen, pods[at])
		}
	}
	return chosen, nil
}

func podName(pod *v1.Pod) string { return pod.Namespace + "/" + pod.Name }

func isTerminal(pod *v1.Pod) bool {
	return pod.Status.Phase == v1.PodSucceeded || pod.Status.Phase == v1.PodFailed
}

func isPending(pod *v1.Pod) bool {
	return pod.Spec.NodeName == "" && !isTerminal(pod) && pod.DeletionTimestamp == nil
}
