//go:build k136

package main

import (
	"context"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/features"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/nodevolumelimits"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

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

// newSchedulerCache makes a cache that knows no composite pod groups.
func newSchedulerCache(ctx context.Context) internalcache.Cache {
	return internalcache.New(ctx, nil, utilfeature.DefaultFeatureGate.Enabled(features.GenericWorkload))
}

// releaseOptions has no mutable snapshot lister, which came with 1.37.
func releaseOptions(c *cluster) []frameworkruntime.Option {
	csiNodes := c.informers.Storage().V1().CSINodes().Lister()
	return []frameworkruntime.Option{
		frameworkruntime.WithSharedCSIManager(nodevolumelimits.NewCSIManager(csiNodes)),
	}
}
