//go:build k133 || k134 || k135 || k136

package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
)

// removeAssumed takes a pod that was deleted before it was bound out of the cache.
func (c *cluster) removeAssumed(pod *v1.Pod) error {
	return c.cache.ForgetPod(klog.Background(), pod)
}
