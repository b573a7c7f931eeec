package main

import (
	"encoding/json"
	"fmt"

	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kjson "sigs.k8s.io/json"
)

// objects are those of one request, in the order in which they came.
type objects struct {
	volumes []*v1.PersistentVolume
	claims  []*v1.PersistentVolumeClaim
	classes []*storagev1.StorageClass
	pods    []*v1.Pod
}

func decodeRequest(line []byte) (*objects, error) {
	var request struct {
		Objects []json.RawMessage `json:"objects"`
	}
	if err := json.Unmarshal(line, &request); err != nil {
		return nil, err
	}
	decoded := &objects{}
	for i, document := range request.Objects {
		if err := decoded.add(document); err != nil {
			return nil, fmt.Errorf("object %d: %w", i, err)
		}
	}
	return decoded, nil
}

func (o *objects) add(document json.RawMessage) error {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(document, &head); err != nil {
		return err
	}
	switch head.Kind {
	case "PersistentVolume":
		volume, err := decode[v1.PersistentVolume](document)
		if err != nil {
			return err
		}
		if volume.Spec.PersistentVolumeReclaimPolicy == "" {
			// The API server's default; without a policy the controller fails the volume.
			volume.Spec.PersistentVolumeReclaimPolicy = v1.PersistentVolumeReclaimRetain
		}
		// What a typed client reads has neither.
		volume.TypeMeta = metav1.TypeMeta{}
		volume.ResourceVersion = versionOf(volume.ResourceVersion)
		o.volumes = append(o.volumes, volume)
	case "PersistentVolumeClaim":
		claim, err := decode[v1.PersistentVolumeClaim](document)
		if err != nil {
			return err
		}
		claim.TypeMeta = metav1.TypeMeta{}
		claim.ResourceVersion = versionOf(claim.ResourceVersion)
		o.claims = append(o.claims, claim)
	case "StorageClass":
		class, err := decode[storagev1.StorageClass](document)
		if err != nil {
			return err
		}
		o.classes = append(o.classes, class)
	case "Pod":
		pod, err := decode[v1.Pod](document)
		if err != nil {
			return err
		}
		o.pods = append(o.pods, pod)
	default:
		return fmt.Errorf("no kind for this judge: %q", head.Kind)
	}
	return nil
}

func decode[T any](document json.RawMessage) (*T, error) {
	decoded := new(T)
	return decoded, kjson.UnmarshalCaseSensitivePreserveInts(document, decoded)
}

// versionOf gives an object a version that the controller can read.
func versionOf(given string) string {
	if given == "" {
		return "1"
	}
	return given
}
