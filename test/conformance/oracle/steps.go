package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
)

// step is one thing that happens to a cluster; each has one of the fields but reserve and version.
type step struct {
	// Ask evaluates a pod, NAMESPACE/NAME, and then reserves it on the node of Reserve, if there is one.
	Ask     string `json:"ask"`
	Reserve string `json:"reserve"`
	// Unreserve gives a reserved pod back.
	Unreserve string `json:"unreserve"`
	// Write lets the volume binder write what a reserved pod needs. The API server gives what is
	// changed the version of Version; no informer sees it before it is put.
	Write   string `json:"write"`
	Version string `json:"version"`
	// Check asks the volume binder once whether a pod that was written is bound.
	Check string `json:"check"`
	// Store is an object as the API server has it from now on, unseen by the informers.
	Store json.RawMessage `json:"store"`
	// Put is a watch event: an object that the informers see from now on.
	Put json.RawMessage `json:"put"`
	// Delete is one too: KIND/NAMESPACE/NAME, or KIND//NAME, of an object that they see no more.
	Delete string `json:"delete"`
}

// stepReport is what came of one step; empty where there is nothing to say.
type stepReport struct {
	Pod     *podReport      `json:"pod,omitempty"`
	Written []writtenObject `json:"written,omitempty"`
	// Skipped: all of the pod's claims were bound, so that nothing is written or checked.
	Skipped bool   `json:"skipped,omitempty"`
	Bound   bool   `json:"bound,omitempty"`
	Error   string `json:"error,omitempty"`
}

// bindAPIUpdate and checkBindings are the two halves of the volume binder's BindPodVolumes,
// which would wait between them. They are never asked of an older release than the newest.
//
//go:linkname bindAPIUpdate k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding.(*volumeBinder).bindAPIUpdate
func bindAPIUpdate(binder unsafe.Pointer, ctx context.Context, pod *v1.Pod, bindings []*volumebinding.BindingInfo, claims []*v1.PersistentVolumeClaim) error

//go:linkname checkBindings k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding.(*volumeBinder).checkBindings
func checkBindings(binder unsafe.Pointer, logger klog.Logger, pod *v1.Pod, bindings []*volumebinding.BindingInfo, claims []*v1.PersistentVolumeClaim) (bool, error)

// runSteps carries the steps out, one after another. An error is a step that makes no sense here.
func (c *cluster) runSteps(steps []step, plans bool) ([]stepReport, error) {
	if err := c.awaitWatches(); err != nil {
		return nil, err
	}
	reports := make([]stepReport, 0, len(steps))
	for i, step := range steps {
		report, err := c.runStep(step, plans)
		if err != nil {
			return nil, fmt.Errorf("step %d: %w", i, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

func (c *cluster) runStep(s step, plans bool) (stepReport, error) {
	switch {
	case s.Ask != "":
		pod := c.podNamed(s.Ask)
		if pod == nil {
			return stepReport{}, fmt.Errorf("unknown pod %q", s.Ask)
		}
		report, err := c.evaluate(pod, plans, s.Reserve)
		return stepReport{Pod: report}, err
	case s.Unreserve != "":
		if c.reserved[s.Unreserve] == nil {
			return stepReport{}, fmt.Errorf("pod %q is not reserved", s.Unreserve)
		}
		return stepReport{Error: textOf(c.unreserve(s.Unreserve))}, nil
	case s.Write != "":
		return c.write(s.Write, s.Version)
	case s.Check != "":
		return c.check(s.Check)
	case s.Store != nil:
		decoded, err := decodeObject(s.Store)
		if err == nil {
			c.api.unseen[keyOf(decoded)] = decoded
		}
		return stepReport{}, err
	case s.Put != nil:
		decoded, err := decodeObject(s.Put)
		if err != nil {
			return stepReport{}, err
		}
		return stepReport{}, c.show(decoded)
	case s.Delete != "":
		return stepReport{}, c.hide(s.Delete)
	}
	return stepReport{}, errors.New("nothing to do")
}

func (c *cluster) podNamed(name string) *v1.Pod {
	for _, pod := range c.pods {
		if podName(pod) == name {
			return pod
		}
	}
	return nil
}

// write does what PreBind does before it waits.
func (c *cluster) write(pod, version string) (stepReport, error) {
	run, volumes, err := c.reservedVolumes(pod)
	if err != nil || volumes == nil {
		return stepReport{Skipped: true}, err
	}
	run.claims = []*v1.PersistentVolumeClaim{}
	for _, provision := range volumes.DynamicProvisions {
		run.claims = append(run.claims, provision.PVC)
	}
	c.api.version, c.api.written = version, nil
	err = bindAPIUpdate(c.binder(), c.ctx, run.assumed, volumes.StaticBindings, run.claims)
	return stepReport{Written: c.api.written, Error: textOf(err)}, nil
}

// check is one poll of PreBind.
func (c *cluster) check(pod string) (stepReport, error) {
	run, volumes, err := c.reservedVolumes(pod)
	if err != nil || volumes == nil {
		return stepReport{Skipped: true}, err
	}
	if run.claims == nil {
		return stepReport{}, fmt.Errorf("pod %q was not written", pod)
	}
	bound, err := checkBindings(c.binder(), klog.Background(), run.assumed, volumes.StaticBindings, run.claims)
	return stepReport{Bound: bound, Error: textOf(err)}, nil
}

// reservedVolumes are the volumes of a reserved pod on its node, nil where PreBind has nothing to do.
func (c *cluster) reservedVolumes(pod string) (*reservedCycle, *volumebinding.PodVolumes, error) {
	run := c.reserved[pod]
	if run == nil {
		return nil, nil, fmt.Errorf("pod %q is not reserved", pod)
	}
	if c.binding == nil || run.allBound() {
		return run, nil, nil
	}
	volumes := run.volumesByNode()[run.node]
	if volumes == nil {
		return nil, nil, fmt.Errorf("pod %q has no volumes on node %q", pod, run.node)
	}
	return run, volumes, nil
}

// allBound reads what Reserve left in the plugin's state of the cycle.
func (c *cycle) allBound() bool {
	data, err := c.state.Read(volumebinding.Name)
	if err != nil {
		return true
	}
	field := reflect.ValueOf(data).Elem().FieldByName("allBound")
	return *(*bool)(unsafe.Pointer(field.UnsafeAddr()))
}

func (c *cluster) binder() unsafe.Pointer {
	return reflect.ValueOf(c.binding.Binder).UnsafePointer()
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
