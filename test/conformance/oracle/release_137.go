//go:build !k133 && !k134 && !k135 && !k136

package main

import (
	"context"

	v1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/klog/v2"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/features"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/nodevolumelimits"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

// What is different in each release's framework is in the release_*.go files.

type (
	cycleState = fwk.CycleState
	nodeInfo   = fwk.NodeInfo
	status     = fwk.Status
	handle     = fwk.Handle
	plugin     = fwk.Plugin
)

func newUnresolvable(reason string) *status {
	return fwk.NewStatus(fwk.UnschedulableAndUnresolvable, reason)
}

func newSchedulerCache(ctx context.Context) internalcache.Cache {
	return internalcache.New(ctx, nil,
		utilfeature.DefaultFeatureGate.Enabled(features.GenericWorkload),
		utilfeature.DefaultFeatureGate.Enabled(features.CompositePodGroup))
}

func releaseOptions(c *cluster) []frameworkruntime.Option {
	csiNodes := c.informers.Storage().V1().CSINodes().Lister()
	return []frameworkruntime.Option{
		frameworkruntime.WithSharedCSIManager(nodevolumelimits.NewCSIManager(csiNodes)),
		frameworkruntime.WithMutableSnapshotLister(c.snapshot),
	}
}

// removeAssumed takes a pod that was deleted before it was bound out of the cache.
func (c *cluster) removeAssumed(pod *v1.Pod) error {
	return c.cache.RemoveAssumedPod(klog.Background(), pod)
}
