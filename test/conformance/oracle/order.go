package main

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"

	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
)

// The volume binder reads two lists out of Go maps: the volumes of a class and the
// CSIStorageCapacity objects. Their order is random and can decide a verdict, so both lists are
// given one here: by name, then namespace, or shuffled from there by a seed.

// listOrder says how the two lists are ordered.
type listOrder struct {
	// Shuffle is the seed of a random order; nil means the canonical order.
	Shuffle *uint64 `json:"shuffle"`
}

// arranger brings lists into the wanted order. The lists of one cluster draw from one stream of
// random numbers, so a shuffled cluster has the same outcome each time.
type arranger struct {
	mutex  sync.Mutex
	random *rand.Rand
}

func newArranger(order listOrder) *arranger {
	a := &arranger{}
	if order.Shuffle != nil {
		a.random = rand.New(rand.NewPCG(*order.Shuffle, 0))
	}
	return a
}

func arrange[T any](a *arranger, list []T) {
	slices.SortFunc(list, func(x, y T) int {
		xName, xNamespace := nameOf(x)
		yName, yNamespace := nameOf(y)
		return cmp.Or(strings.Compare(xName, yName), strings.Compare(xNamespace, yNamespace))
	})
	if a.random != nil {
		a.mutex.Lock()
		defer a.mutex.Unlock()
		a.random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
}

// nameOf returns the name and namespace of an object, or of the entry that wraps one in the
// assume caches of older releases, whose name field holds NAMESPACE/NAME or NAME.
func nameOf(item any) (name, namespace string) {
	if decoded, ok := item.(metav1.Object); ok {
		return decoded.GetName(), decoded.GetNamespace()
	}
	key := reflect.ValueOf(item).Elem().FieldByName("name").String()
	if before, after, namespaced := strings.Cut(key, "/"); namespaced {
		return after, before
	}
	return key, ""
}

// orderedIndexer is an indexer whose lists are arranged.
type orderedIndexer struct {
	cache.Indexer
	arranger *arranger
}

func (i orderedIndexer) ByIndex(indexName, value string) ([]any, error) {
	list, err := i.Indexer.ByIndex(indexName, value)
	arrange(i.arranger, list)
	return list, err
}

func (i orderedIndexer) Index(indexName string, of any) ([]any, error) {
	list, err := i.Indexer.Index(indexName, of)
	arrange(i.arranger, list)
	return list, err
}

// orderedCapacities is a lister of CSIStorageCapacity objects whose lists are arranged.
type orderedCapacities struct {
	storagelisters.CSIStorageCapacityLister
	arranger *arranger
}

func (l orderedCapacities) List(selector labels.Selector) ([]*storagev1.CSIStorageCapacity, error) {
	list, err := l.CSIStorageCapacityLister.List(selector)
	arrange(l.arranger, list)
	return list, err
}

// orderLists puts the two lists of a volume binder into the wanted order. It is called when the
// informers are in sync and nothing else uses the binder.
func orderLists(plugin *volumebinding.VolumeBinding, order listOrder) {
	a := newArranger(order)
	store := binderField[cache.Indexer](plugin, "pvCache", "store")
	*store = orderedIndexer{*store, a}
	capacities := binderField[storagelisters.CSIStorageCapacityLister](plugin, "csiStorageCapacityLister")
	*capacities = orderedCapacities{*capacities, a}
}

// assumeCachesHold reports whether the binder's two caches hold that many objects.
func assumeCachesHold(plugin *volumebinding.VolumeBinding, volumes, claims int) bool {
	volumeStore := binderField[cache.Indexer](plugin, "pvCache", "store")
	claimStore := binderField[cache.Indexer](plugin, "pvcCache", "store")
	return len((*volumeStore).ListKeys()) == volumes && len((*claimStore).ListKeys()) == claims
}

// binderField points at an unexported field of the plugin's volume binder.
func binderField[T any](plugin *volumebinding.VolumeBinding, path ...string) *T {
	value := reflect.ValueOf(plugin.Binder)
	for _, name := range path {
		for value.Kind() == reflect.Pointer {
			value = value.Elem()
		}
		value = value.FieldByName(name)
	}
	return (*T)(unsafe.Pointer(value.UnsafeAddr()))
}
