package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
)

// cluster is one cluster in the form in which kube-scheduler sees it. Nothing in it is shared
// with another cluster but the feature gates.
type cluster struct {
	ctx  context.Context
	stop context.CancelFunc

	nodes []*v1.Node
	pods  []*v1.Pod

	api       *apiServer
	informers informers.SharedInformerFactory
	// cache is the scheduler's own; it holds nodes, bound pods and assumed pods.
	cache internalcache.Cache
	// snapshot is what the plugins read; refreshSnapshot fills it from the cache.
	snapshot  *internalcache.Snapshot
	framework framework.Framework
	// binding is the framework's VolumeBinding plugin, nil when it does not run.
	binding *volumebinding.VolumeBinding
	// reserved are the cycles whose pods are reserved, by the name of the pod.
	reserved map[string]*reservedCycle
}

// newCluster starts informers over a fake API server that holds the objects, fills the
// scheduler's cache and makes a framework with the named filters and with plugin arguments, which
// are the default ones where pluginConfig is empty. The caller must call stop.
func newCluster(set *objectSet, filters []string, pluginConfig json.RawMessage) (_ *cluster, err error) {
	c := &cluster{
		nodes:    selectObjects[*v1.Node](set),
		pods:     selectObjects[*v1.Pod](set),
		snapshot: internalcache.NewEmptySnapshot(),
	}
	c.ctx, c.stop = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			c.stop()
		}
	}()

	c.api = newAPIServer(set)
	c.informers = informers.NewSharedInformerFactory(c.api.client, 0)
	if err := c.makeFramework(c.api.client, filters, pluginConfig); err != nil {
		return nil, err
	}
	if err := c.startInformers(set); err != nil {
		return nil, err
	}
	c.cache = newSchedulerCache(c.ctx)
	for _, node := range c.nodes {
		c.cache.AddNode(klog.Background(), node)
	}
	for _, pod := range c.pods {
		if isOnNode(pod) {
			c.addPod(pod)
		}
	}
	return c, nil
}

// isOnNode says which pods the scheduler's event handlers put into its cache.
func isOnNode(pod *v1.Pod) bool { return pod.Spec.NodeName != "" && !isTerminal(pod) }

// addPod puts a bound pod into the cache. The cache refuses a second pod with the same uid;
// the scheduler's event handler only logs that.
func (c *cluster) addPod(pod *v1.Pod) { _ = c.cache.AddPod(klog.Background(), pod) }

// apiObjects are the objects that the informers see: kube-scheduler's pod informer leaves
// terminal pods out by a field selector, which the fake API server does not know.
func apiObjects(set *objectSet) []runtime.Object {
	var objects []runtime.Object
	for _, decoded := range set.objects {
		if pod, isPod := decoded.(*v1.Pod); isPod && isTerminal(pod) {
			continue
		}
		objects = append(objects, decoded)
	}
	return objects
}

// startInformers waits until every informer, and the assume caches of older releases that are
// filled by informer events, hold all objects. The factory's own wait polls too seldom.
func (c *cluster) startInformers(set *objectSet) error {
	core, storage := c.informers.Core().V1(), c.informers.Storage().V1()
	all := []cache.SharedIndexInformer{
		core.Nodes().Informer(), core.Pods().Informer(),
		core.PersistentVolumes().Informer(), core.PersistentVolumeClaims().Informer(),
		storage.StorageClasses().Informer(), storage.CSIDrivers().Informer(),
		storage.CSINodes().Informer(), storage.CSIStorageCapacities().Informer(),
		storage.VolumeAttachments().Informer(),
	}
	c.informers.Start(c.ctx.Done())
	volumes := len(selectObjects[*v1.PersistentVolume](set))
	claims := len(selectObjects[*v1.PersistentVolumeClaim](set))
	synced := func() bool {
		for _, informer := range all {
			if !informer.HasSynced() {
				return false
			}
		}
		return c.binding == nil || assumeCachesHold(c.binding, volumes, claims)
	}
	for deadline := time.Now().Add(5 * time.Minute); !synced(); time.Sleep(300 * time.Microsecond) {
		if time.Now().After(deadline) {
			return errors.New("informers did not sync")
		}
	}
	return nil
}

// refreshSnapshot takes the snapshot anew, so that it does not depend on the snapshots before:
// one that is carried on counts the users of claims incrementally.
func (c *cluster) refreshSnapshot() error {
	*c.snapshot = *internalcache.NewEmptySnapshot()
	return c.cache.UpdateSnapshot(klog.Background(), c.snapshot)
}
