//go:build k135

package main

import (
	"context"

	fwk "k8s.io/kube-scheduler/framework"
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

// newSchedulerCache makes a cache in which assumed pods never expire (time to live 0).
func newSchedulerCache(ctx context.Context) internalcache.Cache {
	return internalcache.New(ctx, 0, nil)
}

func releaseOptions(c *cluster) []frameworkruntime.Option {
	csiNodes := c.informers.Storage().V1().CSINodes().Lister()
	return []frameworkruntime.Option{
		frameworkruntime.WithSharedCSIManager(nodevolumelimits.NewCSIManager(csiNodes)),
	}
}
