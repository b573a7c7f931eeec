package main

import (
	"k8s.io/klog/v2"
)

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
