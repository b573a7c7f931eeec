//go:build k133

package main

import (
	"context"

	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

// Up to 1.33 the framework's types live in the scheduler, and two are structs.
type (
	cycleState = *framework.CycleState
	nodeInfo   = *framework.NodeInfo
	status     = framework.Status
	handle     = framework.Handle
	plugin     = framework.Plugin
)

func newUnresolvable(reason string) *status {
	return framework.NewStatus(framework.UnschedulableAndUnresolvable, reason)
}

// newSchedulerCache makes a cache in which assumed pods never expire (time to live 0).
func newSchedulerCache(ctx context.Context) internalcache.Cache {
	return internalcache.New(ctx, 0)
}

// releaseOptions are none: there is no shared CSI manager yet.
func releaseOptions(*cluster) []frameworkruntime.Option { return nil }
