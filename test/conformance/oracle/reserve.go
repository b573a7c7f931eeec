package main

import (
	"fmt"

	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
)

// reservedCycle is what giving back a reserved pod takes.
type reservedCycle struct {
	*cycle
	assumed *v1.Pod
	node    string
	// claims are those to be provisioned, as the API server has answered them; nil before they are written.
	claims []*v1.PersistentVolumeClaim
}

// unreserve gives back what a pod has reserved and takes it off its node, as unreserveAndForget does.
func (c *cluster) unreserve(pod string) error {
	run, found := c.reserved[pod]
	if !found {
		return fmt.Errorf("pod %q is not reserved", pod)
	}
	delete(c.reserved, pod)
	c.framework.RunReservePluginsUnreserve(c.ctx, run.state, run.assumed, run.node)
	return c.cache.ForgetPod(klog.Background(), run.assumed)
}

// reserve does what the scheduler does once it has chosen a node: it assumes the pod in its
// cache and runs the Reserve plugins, or takes both back if one of them fails. It follows
// assumeAndReserve and unreserveAndForget of schedule_one.go. The chosen node need not be one
// that the scheduler would choose, but it must be feasible.
func (c *cycle) reserve(node string) {
	c.report.Reserve = &reservation{Node: node}
	if !c.isFeasible(node) {
		c.report.Reserve.Error = "node is not feasible"
		return
	}
	assumed := c.pod.DeepCopy()
	assumed.Spec.NodeName = node
	if err := c.cache.AssumePod(klog.Background(), assumed); err != nil {
		c.report.Reserve.Error = err.Error()
		return
	}
	reserved := c.framework.RunReservePluginsReserve(c.ctx, c.state, assumed, node)
	if reserved.IsSuccess() {
		if c.reserved == nil {
			c.reserved = map[string]*reservedCycle{}
		}
		c.reserved[podName(c.pod)] = &reservedCycle{cycle: c, assumed: assumed, node: node}
		return
	}
	c.report.Reserve.Error = reserved.AsError().Error()
	c.framework.RunReservePluginsUnreserve(c.ctx, c.state, assumed, node)
	if err := c.cache.ForgetPod(klog.Background(), assumed); err != nil {
		c.report.Reserve.Error += "; " + err.Error()
	}
}

func (c *cycle) isFeasible(name string) bool {
	for _, node := range c.feasible {
		if node.Node().Name == name {
			return true
		}
	}
	return false
}
