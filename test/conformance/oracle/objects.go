package main

import (
	"encoding/json"
	"fmt"
	"strings"

	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	kjson "sigs.k8s.io/json"
)

const defaultNamespace = "default"

type object interface {
	metav1.Object
	runtime.Object
}

// kind tells how to read objects of one kind. Only what the scheduler's plugins read is here;
// objects of every other kind are passed over.
type kind struct {
	group      string
	namespaced bool
	empty      func() object
}

var kinds = map[string]kind{
	"Node":                  {"", false, func() object { return &v1.Node{} }},
	"Pod":                   {"", true, func() object { return &v1.Pod{} }},
	"PersistentVolume":      {"", false, func() object { return &v1.PersistentVolume{} }},
	"PersistentVolumeClaim": {"", true, func() object { return &v1.PersistentVolumeClaim{} }},
	"StorageClass":          {"storage.k8s.io", false, func() object { return &storagev1.StorageClass{} }},
	"CSIDriver":             {"storage.k8s.io", false, func() object { return &storagev1.CSIDriver{} }},
	"CSINode":               {"storage.k8s.io", false, func() object { return &storagev1.CSINode{} }},
	"CSIStorageCapacity":    {"storage.k8s.io", true, func() object { return &storagev1.CSIStorageCapacity{} }},
	"VolumeAttachment":      {"storage.k8s.io", false, func() object { return &storagev1.VolumeAttachment{} }},
}

// objectSet holds decoded objects in the order of the input; a later object with equal kind,
// namespace and name stands in the place of the earlier one.
type objectSet struct {
	objects []object
	place   map[string]int
}

func decodeObjects(documents []json.RawMessage) (*objectSet, error) {
	set := &objectSet{place: map[string]int{}}
	for i, document := range documents {
		if err := set.add(document, ""); err != nil {
			return nil, fmt.Errorf("object %d: %w", i, err)
		}
	}
	set.fillUIDs()
	return set, nil
}

// header is the part of an object that says what it is.
type header struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Items      []json.RawMessage `json:"items"`
}

// add decodes one document. A list is flattened; listKind is the kind of a typed list's items.
func (s *objectSet) add(document json.RawMessage, listKind string) error {
	var head header
	if err := kjson.UnmarshalCaseSensitivePreserveInts(document, &head); err != nil {
		return err
	}
	if head.Kind == "" {
		head.Kind = listKind
	}
	if strings.HasSuffix(head.Kind, "List") {
		for _, item := range head.Items {
			if err := s.add(item, strings.TrimSuffix(head.Kind, "List")); err != nil {
				return err
			}
		}
		return nil
	}
	group, _, found := strings.Cut(head.APIVersion, "/")
	if !found {
		group = ""
	}
	kind, known := kinds[head.Kind]
	if !known || (head.APIVersion != "" && kind.group != group) {
		return nil
	}
	decoded := kind.empty()
	if err := kjson.UnmarshalCaseSensitivePreserveInts(document, decoded); err != nil {
		return fmt.Errorf("%s: %w", head.Kind, err)
	}
	if kind.namespaced && decoded.GetNamespace() == "" {
		decoded.SetNamespace(defaultNamespace)
	}
	s.put(head.Kind, decoded)
	return nil
}

func (s *objectSet) put(kind string, decoded object) {
	key := kind + "/" + decoded.GetNamespace() + "/" + decoded.GetName()
	if at, seen := s.place[key]; seen {
		s.objects[at] = decoded
		return
	}
	s.place[key] = len(s.objects)
	s.objects = append(s.objects, decoded)
}

// fillUIDs gives every object without uid the uid KIND/NAMESPACE/NAME, except that a claim
// named by the claimRef of exactly one volume with a uid in it takes that uid. A volume that is
// Released or Failed is not one of them: its claim is gone.
func (s *objectSet) fillUIDs() {
	referrers := map[types.NamespacedName][]types.UID{}
	for _, volume := range selectObjects[*v1.PersistentVolume](s) {
		gone := volume.Status.Phase == v1.VolumeReleased || volume.Status.Phase == v1.VolumeFailed
		if ref := volume.Spec.ClaimRef; ref != nil && ref.UID != "" && !gone {
			name := types.NamespacedName{Namespace: ref.Namespace, Name: ref.Name}
			referrers[name] = append(referrers[name], ref.UID)
		}
	}
	for key, at := range s.place {
		decoded := s.objects[at]
		if decoded.GetUID() != "" {
			continue
		}
		decoded.SetUID(types.UID(key))
		if claim, isClaim := decoded.(*v1.PersistentVolumeClaim); isClaim {
			name := types.NamespacedName{Namespace: claim.Namespace, Name: claim.Name}
			if uids := referrers[name]; len(uids) == 1 {
				claim.SetUID(uids[0])
			}
		}
	}
}

// selectObjects returns the objects of one type in the order of the input.
func selectObjects[T object](s *objectSet) []T {
	var selected []T
	for _, decoded := range s.objects {
		if typed, ok := decoded.(T); ok {
			selected = append(selected, typed)
		}
	}
	return selected
}
