package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/tools/cache"
)

// resourceOf is where the API server and an informer keep the objects of a kind.
func (c *cluster) resourceOf(decoded object) (schema.GroupVersionResource, cache.Store) {
	core, storage := c.informers.Core().V1(), c.informers.Storage().V1()
	inCore := v1.SchemeGroupVersion.WithResource
	inStorage := storagev1.SchemeGroupVersion.WithResource
	switch decoded.(type) {
	case *v1.Node:
		return inCore("nodes"), core.Nodes().Informer().GetStore()
	case *v1.Pod:
		return inCore("pods"), core.Pods().Informer().GetStore()
	case *v1.PersistentVolume:
		return inCore("persistentvolumes"), core.PersistentVolumes().Informer().GetStore()
	case *v1.PersistentVolumeClaim:
		return inCore("persistentvolumeclaims"), core.PersistentVolumeClaims().Informer().GetStore()
	case *storagev1.StorageClass:
		return inStorage("storageclasses"), storage.StorageClasses().Informer().GetStore()
	case *storagev1.CSIDriver:
		return inStorage("csidrivers"), storage.CSIDrivers().Informer().GetStore()
	case *storagev1.CSINode:
		return inStorage("csinodes"), storage.CSINodes().Informer().GetStore()
	case *storagev1.CSIStorageCapacity:
		return inStorage("csistoragecapacities"), storage.CSIStorageCapacities().Informer().GetStore()
	case *storagev1.VolumeAttachment:
		return inStorage("volumeattachments"), storage.VolumeAttachments().Informer().GetStore()
	}
	panic(fmt.Sprintf("no resource of %T", decoded))
}

// kindOf is the kind of an object and whether it has a namespace.
func kindOf(decoded object) (string, bool) {
	name := strings.TrimPrefix(fmt.Sprintf("%T", decoded), "*v1.")
	return name, kinds[name].namespaced
}

// keyOf is KIND/NAMESPACE/NAME, as in an object set.
func keyOf(decoded object) string {
	kind, _ := kindOf(decoded)
	return kind + "/" + decoded.GetNamespace() + "/" + decoded.GetName()
}

func storeKey(decoded object) string {
	key, _ := cache.MetaNamespaceKeyFunc(decoded)
	return key
}

func decodeObject(document json.RawMessage) (object, error) {
	set, err := decodeObjects([]json.RawMessage{document})
	if err != nil {
		return nil, err
	}
	if len(set.objects) != 1 {
		return nil, errors.New("not one object of a kind that the scheduler reads")
	}
	return set.objects[0], nil
}
