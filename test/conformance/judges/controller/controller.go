package main

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/volume/persistentvolume"
	"k8s.io/kubernetes/pkg/util/goroutinemap"
)

type controller = persistentvolume.PersistentVolumeController

//go:linkname initializeCaches k8s.io/kubernetes/pkg/controller/volume/persistentvolume.(*PersistentVolumeController).initializeCaches
func initializeCaches(ctrl *controller, logger klog.Logger, volumes corelisters.PersistentVolumeLister, claims corelisters.PersistentVolumeClaimLister)

//go:linkname syncVolumeByKey k8s.io/kubernetes/pkg/controller/volume/persistentvolume.(*PersistentVolumeController).syncVolumeByKey
func syncVolumeByKey(ctrl *controller, ctx context.Context, key string) error

//go:linkname syncClaimByKey k8s.io/kubernetes/pkg/controller/volume/persistentvolume.(*PersistentVolumeController).syncClaimByKey
func syncClaimByKey(ctrl *controller, ctx context.Context, key string) error

// mostPasses is beyond what any known input needs.
const mostPasses = 32

// judge is one controller that is given one set of objects after another. Its informers are
// never started: load fills their stores, and each write goes there at once.
type judge struct {
	api        *api
	recorder   *recorder
	controller *controller
	informers  informers.SharedInformerFactory
	// volumes and claims are the controller's own caches.
	volumes, claims         cache.Store
	volumeQueue, claimQueue workqueue.TypedRateLimitingInterface[string]
	objects                 *objects
	// podPlace is a pod's place in the request.
	podPlace map[string]int
}

func newJudge() (*judge, error) {
	j := &judge{api: newAPI(), recorder: &recorder{}}
	j.informers = informers.NewSharedInformerFactory(j.api.client, 0)
	core := j.informers.Core().V1()
	ctrl, err := persistentvolume.NewController(context.Background(), persistentvolume.ControllerParameters{
		KubeClient:                j.api.client,
		VolumePlugins:             probePlugins(),
		VolumeInformer:            core.PersistentVolumes(),
		ClaimInformer:             core.PersistentVolumeClaims(),
		ClassInformer:             j.informers.Storage().V1().StorageClasses(),
		PodInformer:               core.Pods(),
		NodeInformer:              core.Nodes(),
		EnableDynamicProvisioning: true,
	})
	if err != nil {
		return nil, err
	}
	j.controller = ctrl
	j.api.changed = j.deliver
	*fieldOf[record.EventRecorder](ctrl, "eventRecorder") = j.recorder
	*fieldOf[goroutinemap.GoRoutineMap](ctrl, "runningOperations") = operations{}
	volumes := fieldOf[cache.Indexer](ctrl, "volumes", "store")
	*volumes = orderedVolumes{*volumes}
	pods := fieldOf[cache.Indexer](ctrl, "podIndexer")
	*pods = orderedPods{*pods, j}
	j.volumes, j.claims = *volumes, *fieldOf[cache.Store](ctrl, "claims")
	j.volumeQueue = *fieldOf[workqueue.TypedRateLimitingInterface[string]](ctrl, "volumeQueue")
	j.claimQueue = *fieldOf[workqueue.TypedRateLimitingInterface[string]](ctrl, "claimQueue")
	return j, nil
}

// fieldOf is the address of an unexported field.
func fieldOf[T any](ctrl *controller, path ...string) *T {
	value := reflect.ValueOf(ctrl).Elem()
	for _, name := range path {
		value = value.FieldByName(name)
	}
	if value.Type() != reflect.TypeFor[T]() {
		panic(fmt.Sprintf("%s is a %s", strings.Join(path, "."), value.Type()))
	}
	return (*T)(unsafe.Pointer(value.UnsafeAddr()))
}

// load puts the objects of a request in the place of those before.
func (j *judge) load(given *objects) error {
	j.objects = given
	j.api.clear()
	j.recorder.clear()
	core := j.informers.Core().V1()
	stores := []cache.Store{
		j.volumes, j.claims,
		core.PersistentVolumes().Informer().GetStore(),
		core.PersistentVolumeClaims().Informer().GetStore(),
		core.Pods().Informer().GetStore(),
		j.informers.Storage().V1().StorageClasses().Informer().GetStore(),
	}
	for _, store := range stores {
		if err := store.Replace(nil, ""); err != nil {
			return err
		}
	}
	for _, volume := range given.volumes {
		if _, seen := j.api.volumes[volume.Name]; seen {
			return fmt.Errorf("volume %s is there twice", volume.Name)
		}
		j.api.volumes[volume.Name] = volume
		j.deliver(volume)
	}
	for _, claim := range given.claims {
		key := claim.Namespace + "/" + claim.Name
		if _, seen := j.api.claims[key]; seen {
			return fmt.Errorf("claim %s is there twice", key)
		}
		j.api.claims[key] = claim
		j.deliver(claim)
	}
	j.podPlace = map[string]int{}
	for i, pod := range given.pods {
		j.podPlace[pod.Namespace+"/"+pod.Name] = i
		if err := core.Pods().Informer().GetStore().Add(pod); err != nil {
			return err
		}
	}
	for _, class := range given.classes {
		if err := j.informers.Storage().V1().StorageClasses().Informer().GetStore().Add(class); err != nil {
			return err
		}
	}
	initializeCaches(j.controller, klog.Background(), core.PersistentVolumes().Lister(), core.PersistentVolumeClaims().Lister())
	return nil
}

// deliver puts an object into its informer's store.
func (j *judge) deliver(written runtime.Object) {
	core := j.informers.Core().V1()
	var err error
	switch object := written.(type) {
	case *v1.PersistentVolume:
		err = core.PersistentVolumes().Informer().GetStore().Update(object.DeepCopy())
	case *v1.PersistentVolumeClaim:
		err = core.PersistentVolumeClaims().Informer().GetStore().Update(object.DeepCopy())
	}
	if err != nil {
		panic(err)
	}
}

// rest lets the controller look at all volumes and then at all claims, in the order of the
// request, again and again until nothing is written.
func (j *judge) rest() *answer {
	given := answer{Events: []event{}}
	ctx := context.Background()
	for given.Passes < mostPasses {
		given.Passes++
		given.Errors = nil
		writes, events := j.api.writes, len(j.recorder.events)
		for _, volume := range j.objects.volumes {
			given.fail(volume.Name, syncVolumeByKey(j.controller, ctx, volume.Name))
		}
		for _, claim := range j.objects.claims {
			key := claim.Namespace + "/" + claim.Name
			given.fail(key, syncClaimByKey(j.controller, ctx, key))
		}
		drain(j.volumeQueue)
		drain(j.claimQueue)
		given.Restless = j.api.writes > writes
		if !given.Restless && len(j.recorder.events) == events {
			break
		}
	}
	for _, volume := range j.objects.volumes {
		given.Volumes = append(given.Volumes, j.api.volumes[volume.Name])
	}
	for _, claim := range j.objects.claims {
		given.Claims = append(given.Claims, j.api.claims[claim.Namespace+"/"+claim.Name])
	}
	given.Events = j.recorder.events
	return &given
}

func (a *answer) fail(key string, err error) {
	if err != nil {
		a.Errors = append(a.Errors, key+": "+err.Error())
	}
}

// drain forgets what a sync has put into a queue: the next pass looks at everything anyway.
func drain(queue workqueue.TypedRateLimitingInterface[string]) {
	for queue.Len() > 0 {
		key, _ := queue.Get()
		queue.Done(key)
	}
}

// byName orders objects that upstream reads out of a map.
func byName(a, b any) int {
	return strings.Compare(a.(*v1.PersistentVolume).Name, b.(*v1.PersistentVolume).Name)
}

// orderedVolumes is the index of volumes by access modes in the library's order: sets of modes by
// their number and then by their names, volumes by name.
type orderedVolumes struct{ cache.Indexer }

func (o orderedVolumes) Index(name string, object any) ([]any, error) {
	found, err := o.Indexer.Index(name, object)
	slices.SortFunc(found, byName)
	return found, err
}

// fullNames are those of the modes in a key of the index.
var fullNames = strings.NewReplacer("RWOP", "ReadWriteOncePod", "RWO", "ReadWriteOnce", "ROX", "ReadOnlyMany", "RWX", "ReadWriteMany")

func (o orderedVolumes) ListIndexFuncValues(name string) []string {
	keys := o.Indexer.ListIndexFuncValues(name)
	slices.SortFunc(keys, func(a, b string) int {
		if difference := strings.Count(a, ",") - strings.Count(b, ","); a != "" && b != "" && difference != 0 {
			return difference
		}
		return strings.Compare(fullNames.Replace(a), fullNames.Replace(b))
	})
	return keys
}

// orderedPods gives pods in the order of the request.
type orderedPods struct {
	cache.Indexer
	judge *judge
}

func (o orderedPods) ByIndex(name, value string) ([]any, error) {
	found, err := o.Indexer.ByIndex(name, value)
	place := func(object any) int {
		pod := object.(*v1.Pod)
		return o.judge.podPlace[pod.Namespace+"/"+pod.Name]
	}
	slices.SortFunc(found, func(a, b any) int { return place(a) - place(b) })
	return found, err
}
