package main

import (
	"encoding/json"
	"fmt"

	snapapi "github.com/kubernetes-csi/external-snapshotter/client/v8/apis/volumesnapshot/v1"
	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
)

// A request is attempts for claims, one after another, by one provisioner that remembers.
type request struct {
	Options  options   `json:"options"`
	Attempts []attempt `json:"attempts"`
	// Instead: the driver whose topology segments are asked for.
	Segments string            `json:"segments"`
	Objects  []json.RawMessage `json:"objects"`
	// Instead: a claim as it stands.
	Check *check `json:"check"`
}

// The first claim is the one that the loop looks at.
type check struct {
	Objects   []json.RawMessage `json:"objects"`
	Driver    string            `json:"driver"`
	Available map[string]int64  `json:"available"`
}

type checked struct {
	Attempted bool   `json:"attempted"`
	Taken     bool   `json:"taken"`
	Error     string `json:"error,omitempty"`
}

type options struct {
	NodeDeployment              *nodeDeployment `json:"nodeDeployment"`
	StrictTopology              bool            `json:"strictTopology"`
	ImmediateTopology           bool            `json:"immediateTopology"`
	PreventVolumeModeConversion bool            `json:"preventVolumeModeConversion"`
	CrossNamespaceDataSources   bool            `json:"crossNamespaceDataSources"`
	Capabilities                []string        `json:"capabilities"`
}

type attempt struct {
	Objects  []json.RawMessage `json:"objects"`
	Claim    string            `json:"claim"`
	Class    string            `json:"class"`
	Node     string            `json:"node"`
	Driver   string            `json:"driver"`
	Response response          `json:"response"`
}

// What the driver answers to CreateVolume.
type response struct {
	Code               string     `json:"code"`
	CapacityBytes      int64      `json:"capacityBytes"`
	AccessibleTopology []topology `json:"accessibleTopology"`
	HasContentSource   bool       `json:"hasContentSource"`
	// By place: what GetCapacity answers.
	Available    map[string]int64 `json:"available"`
	VolumeHandle string           `json:"volumeHandle"`
}

type topology struct {
	Segments map[string]string `json:"segments"`
}

type reply struct {
	Attempts []outcome         `json:"attempts,omitempty"`
	Segments []json.RawMessage `json:"segments,omitempty"`
	Checked  *checked          `json:"checked,omitempty"`
	Error    string            `json:"error,omitempty"`
}

type outcome struct {
	State string `json:"state"`
	Error string `json:"error,omitempty"`
	// Whether the driver was asked, and for what.
	Asked        bool          `json:"asked"`
	Bytes        int64         `json:"bytes"`
	Requirements *requirements `json:"requirements,omitempty"`
	Volume       *volume       `json:"volume,omitempty"`
}

type requirements struct {
	Requisite []topology `json:"requisite"`
	Preferred []topology `json:"preferred"`
}

type volume struct {
	Name                      string                 `json:"name"`
	Labels                    map[string]string      `json:"labels,omitempty"`
	Capacity                  string                 `json:"capacity"`
	AccessModes               []string               `json:"accessModes"`
	VolumeMode                *string                `json:"volumeMode,omitempty"`
	VolumeAttributesClassName *string                `json:"volumeAttributesClassName,omitempty"`
	NodeAffinity              *v1.VolumeNodeAffinity `json:"nodeAffinity,omitempty"`
}

// The objects of an attempt, by kind.
type objects struct {
	nodes            []*v1.Node
	claims           []*v1.PersistentVolumeClaim
	volumes          []*v1.PersistentVolume
	classes          map[string]*storagev1.StorageClass
	csiNodes         []*storagev1.CSINode
	attributeClasses []*storagev1.VolumeAttributesClass
	snapshots        []*snapapi.VolumeSnapshot
	contents         []*snapapi.VolumeSnapshotContent
	grants           []*gatewayv1beta1.ReferenceGrant
	secrets          []*v1.Secret
}

func decodeObjects(raw []json.RawMessage) (*objects, error) {
	found := &objects{classes: map[string]*storagev1.StorageClass{}}
	for _, text := range raw {
		var head struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(text, &head); err != nil {
			return nil, err
		}
		if err := found.add(head.Kind, text); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (o *objects) add(kind string, text json.RawMessage) error {
	var err error
	switch kind {
	case "Node":
		o.nodes, err = decoded(o.nodes, text)
	case "PersistentVolumeClaim":
		o.claims, err = decoded(o.claims, text)
	case "PersistentVolume":
		o.volumes, err = decoded(o.volumes, text)
	case "StorageClass":
		var classes []*storagev1.StorageClass
		classes, err = decoded(classes, text)
		for _, class := range classes {
			o.classes[class.Name] = class
		}
	case "CSINode":
		o.csiNodes, err = decoded(o.csiNodes, text)
	case "VolumeAttributesClass":
		o.attributeClasses, err = decoded(o.attributeClasses, text)
	case "VolumeSnapshot":
		o.snapshots, err = decoded(o.snapshots, text)
	case "VolumeSnapshotContent":
		o.contents, err = decoded(o.contents, text)
	case "Secret":
		o.secrets, err = decoded(o.secrets, text)
	case "ReferenceGrant":
		o.grants, err = decoded(o.grants, text)
	default:
		err = fmt.Errorf("kind %s", kind)
	}
	return err
}

func decoded[T any](list []*T, text json.RawMessage) ([]*T, error) {
	var object T
	if err := json.Unmarshal(text, &object); err != nil {
		return list, err
	}
	return append(list, &object), nil
}
