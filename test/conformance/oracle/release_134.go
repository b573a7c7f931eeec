//go:build k134

package main

import (
	"context"

	fwk "k8s.io/kube-scheduler/framework"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

type (
	cycleState = fwk.CycleState
	nodeInfo   = fwk.NodeInfo
	status     = fwk.Status
	handle     = framework.Handle
	plugin     = framework.Plugin
)

func newUnresolvable(reason string) *status {
	return fwk.NewStatus(fwk.UnschedulableAndUnresolvable, reason)
}

// newSchedulerCache makes a cache in which assumed pods never expire (time to live 0).
func newSchedulerCache(ctx context.Context) internalcache.Cache {
	return internalcache.New(ctx, 0, nil)
}

// releaseOptions are none: there is no shared CSI manager yet.
func releaseOptions(*cluster) []frameworkruntime.Option { return nil }
