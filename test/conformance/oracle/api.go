package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

// staleText is an API server's answer to an update with another version than the object's.
const staleText = "the object has been modified; please apply your changes to the latest version and try again"

// apiServer is the fake API server, whose informers see a change only when they are told to.
type apiServer struct {
	client *fake.Clientset
	// watched are the resources for which an informer has opened a watch.
	watched sync.Map
	// unseen are objects that were changed since the informers saw them, by keyOf.
	unseen map[string]object
	// version is what the next changed objects get; written are those objects.
	version string
	written []writtenObject
}

// writtenObject is what the volume binder may change of an object.
type writtenObject struct {
	Kind            string              `json:"kind"`
	Namespace       string              `json:"namespace,omitempty"`
	Name            string              `json:"name"`
	ResourceVersion string              `json:"resourceVersion"`
	Annotations     map[string]string   `json:"annotations,omitempty"`
	ClaimRef        *v1.ObjectReference `json:"claimRef,omitempty"`
}

func newAPIServer(set *objectSet) *apiServer {
	server := &apiServer{client: fake.NewSimpleClientset(apiObjects(set)...), unseen: map[string]object{}}
	for _, resource := range []string{"persistentvolumes", "persistentvolumeclaims"} {
		server.client.PrependReactor("update", resource, server.update)
	}
	server.client.PrependWatchReactor("*", server.watch)
	return server
}

// watch does what the fake client does itself, and remembers it.
func (s *apiServer) watch(action clienttesting.Action) (bool, watch.Interface, error) {
	var options metav1.ListOptions
	if typed, ok := action.(clienttesting.WatchActionImpl); ok {
		options = typed.ListOptions
	}
	opened, err := s.client.Tracker().Watch(action.GetResource(), action.GetNamespace(), options)
	if err == nil {
		s.watched.Store(action.GetResource(), true)
	}
	return err == nil, opened, err
}

// update takes an object of the volume binder as an API server does: only with the version that
// it has, and with a new one where it changes.
func (s *apiServer) update(action clienttesting.Action) (bool, runtime.Object, error) {
	wanted := action.(clienttesting.UpdateAction).GetObject().(object)
	resource := action.GetResource()
	current := s.unseen[keyOf(wanted)]
	if current == nil {
		stored, err := s.client.Tracker().Get(resource, wanted.GetNamespace(), wanted.GetName())
		if err != nil {
			return true, nil, apierrors.NewNotFound(resource.GroupResource(), wanted.GetName())
		}
		current = stored.(object)
	}
	if wanted.GetResourceVersion() != current.GetResourceVersion() {
		return true, nil, apierrors.NewConflict(resource.GroupResource(), wanted.GetName(), errors.New(staleText))
	}
	if equality.Semantic.DeepEqual(wanted, current) {
		return true, current, nil
	}
	changed := wanted.DeepCopyObject().(object)
	changed.SetResourceVersion(s.version)
	s.unseen[keyOf(changed)] = changed
	s.written = append(s.written, describeWritten(changed))
	return true, changed, nil
}

func describeWritten(decoded object) writtenObject {
	kind, _ := kindOf(decoded)
	written := writtenObject{
		Kind: kind, Namespace: decoded.GetNamespace(), Name: decoded.GetName(),
		ResourceVersion: decoded.GetResourceVersion(), Annotations: decoded.GetAnnotations(),
	}
	if volume, isVolume := decoded.(*v1.PersistentVolume); isVolume {
		written.ClaimRef = volume.Spec.ClaimRef
	}
	return written
}

// awaitWatches waits until every informer watches: before that a deletion would get lost. Only
// assume caches that read the informer itself have nothing of their own to wait for.
func (c *cluster) awaitWatches() error {
	if c.binding != nil {
		store := *binderField[cache.Indexer](c.binding, "pvcCache", "store")
		if store != c.informers.Core().V1().PersistentVolumeClaims().Informer().GetIndexer() {
			return errors.New("steps are for releases whose assume caches read the informers")
		}
	}
	return within(func() bool {
		for _, kind := range kinds {
			resource, _ := c.resourceOf(kind.empty())
			if _, watched := c.api.watched.Load(resource); !watched {
				return false
			}
		}
		return true
	}, "watches")
}

// show is a watch event of an object that was added or changed: the informer takes it, and then the
// scheduler's cache, as its event handlers do.
func (c *cluster) show(decoded object) error {
	pod, isPod := decoded.(*v1.Pod)
	resource, store := c.resourceOf(decoded)
	if isPod && isTerminal(pod) {
		// The scheduler's informer watches no pod that has ended, so this is a deletion.
		if _, known, _ := store.GetByKey(storeKey(decoded)); !known {
			return nil
		}
		return c.hide(keyOf(decoded))
	}
	tracker := c.api.client.Tracker()
	held, known, err := store.GetByKey(storeKey(decoded))
	if err != nil {
		return err
	}
	if known {
		err = tracker.Update(resource, decoded, decoded.GetNamespace())
	} else {
		err = tracker.Create(resource, decoded, decoded.GetNamespace())
	}
	if err != nil {
		return err
	}
	if unseen := c.api.unseen[keyOf(decoded)]; unseen != nil && unseen.GetResourceVersion() == decoded.GetResourceVersion() {
		delete(c.api.unseen, keyOf(decoded))
	}
	err = within(func() bool {
		now, found, _ := store.GetByKey(storeKey(decoded))
		return found && equality.Semantic.DeepEqual(now, decoded)
	}, keyOf(decoded))
	if err != nil {
		return err
	}
	switch typed := decoded.(type) {
	case *v1.Node:
		if known {
			c.cache.UpdateNode(klog.Background(), held.(*v1.Node), typed)
		} else {
			c.cache.AddNode(klog.Background(), typed)
		}
	case *v1.Pod:
		before, _ := held.(*v1.Pod)
		c.showPod(before, typed)
	}
	return nil
}

// showPod follows addPod, updatePod and updatePodInSchedulingQueue of eventhandlers.go.
func (c *cluster) showPod(before, pod *v1.Pod) {
	at := slices.IndexFunc(c.pods, func(other *v1.Pod) bool { return podName(other) == podName(pod) })
	if at < 0 {
		c.pods = append(c.pods, pod)
	} else {
		c.pods[at] = pod
	}
	logger := klog.Background()
	switch {
	case before != nil && isOnNode(before):
		_ = c.cache.UpdatePod(logger, before, pod)
	case isOnNode(pod):
		c.addPod(pod)
	case before != nil && before.DeletionTimestamp == nil && pod.DeletionTimestamp != nil:
		c.dropAssumed(pod)
	}
}

// dropAssumed follows handleAssumedPodDeletion.
func (c *cluster) dropAssumed(pod *v1.Pod) {
	if assumed, err := c.cache.IsAssumedPod(pod); err != nil || !assumed {
		return
	}
	if inCache, err := c.cache.GetPod(pod); err == nil {
		_ = c.removeAssumed(inCache)
	}
}

// hide is a watch event of an object that was deleted.
func (c *cluster) hide(key string) error {
	parts := strings.SplitN(key, "/", 3)
	kind, known := kinds[parts[0]]
	if !known || len(parts) != 3 {
		return fmt.Errorf("no object %q", key)
	}
	named := kind.empty()
	named.SetNamespace(parts[1])
	named.SetName(parts[2])
	resource, store := c.resourceOf(named)
	held, found, err := store.GetByKey(storeKey(named))
	if err != nil || !found {
		return errors.Join(err, fmt.Errorf("no object %q", key))
	}
	if err := c.api.client.Tracker().Delete(resource, parts[1], parts[2]); err != nil {
		return err
	}
	delete(c.api.unseen, key)
	err = within(func() bool { _, found, _ := store.GetByKey(storeKey(named)); return !found }, key)
	if err != nil {
		return err
	}
	switch typed := held.(type) {
	case *v1.Node:
		return c.cache.RemoveNode(klog.Background(), typed)
	case *v1.Pod:
		c.pods = slices.DeleteFunc(c.pods, func(pod *v1.Pod) bool { return podName(pod) == podName(typed) })
		if isOnNode(typed) {
			_ = c.cache.RemovePod(klog.Background(), typed)
		} else {
			c.dropAssumed(typed)
		}
	}
	return nil
}

// within waits until something is so; informers see a change after microseconds.
func within(so func() bool, what string) error {
	for deadline := time.Now().Add(time.Minute); !so(); time.Sleep(50 * time.Microsecond) {
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: the informers did not see it", what)
		}
	}
	return nil
}
