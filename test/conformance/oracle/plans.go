package main

import (
	"fmt"
	"os"
	"reflect"
	"unsafe"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
)

// addPlans adds what VolumeBinding found out about each feasible node.
func (c *cycle) addPlans() {
	plans := map[string]plan{}
	c.report.Plans = &plans
	volumes := c.volumesByNode()
	scored := c.binding != nil && c.binding.PreScore(c.ctx, c.state, c.pod, c.feasible).IsSuccess()
	for _, node := range c.feasible {
		name := node.Node().Name
		p := plan{StaticBindings: []staticBinding{}, DynamicProvisions: []string{}, Score: new(int64)}
		if found := volumes[name]; found != nil {
			for _, binding := range found.StaticBindings {
				claim, volume := bindingParts(binding)
				p.StaticBindings = append(p.StaticBindings, staticBinding{claimName(claim), volume.Name})
			}
			for _, provision := range found.DynamicProvisions {
				p.DynamicProvisions = append(p.DynamicProvisions, claimName(provision.PVC))
			}
		}
		if scored {
			p.Score = c.score(node)
		}
		plans[name] = p
	}
}

func claimName(claim *v1.PersistentVolumeClaim) string { return claim.Namespace + "/" + claim.Name }

// score is VolumeBinding's raw score, nil where its Score panics.
func (c *cycle) score(node nodeInfo) (score *int64) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "oracle: no score of pod %s on node %s: the scheduler panics: %v\n",
				c.report.Pod, node.Node().Name, r)
			score = nil
		}
	}()
	raw, verdict := c.binding.Score(c.ctx, c.state, c.pod, node)
	if !verdict.IsSuccess() {
		return nil
	}
	return &raw
}

// volumesByNode reads the plugin's state of this cycle, whose type is unexported. It is nil
// when the plugin does not run; when it skips the pod, its map is nil.
func (c *cycle) volumesByNode() map[string]*volumebinding.PodVolumes {
	data, err := c.state.Read(volumebinding.Name)
	if err != nil {
		return nil
	}
	field := reflect.ValueOf(data).Elem().FieldByName("podVolumesByNode")
	return *(*map[string]*volumebinding.PodVolumes)(unsafe.Pointer(field.UnsafeAddr()))
}

// bindingParts reads the two unexported fields of a static binding.
func bindingParts(binding *volumebinding.BindingInfo) (*v1.PersistentVolumeClaim, *v1.PersistentVolume) {
	value := reflect.ValueOf(binding).Elem()
	claim := unsafe.Pointer(value.FieldByName("pvc").UnsafeAddr())
	volume := unsafe.Pointer(value.FieldByName("pv").UnsafeAddr())
	return *(**v1.PersistentVolumeClaim)(claim), *(**v1.PersistentVolume)(volume)
}
