package main

import (
	"errors"
	"regexp"

	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/hostpath"
	"k8s.io/kubernetes/pkg/volume/nfs"
	"k8s.io/kubernetes/pkg/volume/util/recyclerclient"
)

// errOutside ends an operation where it would leave the API: a recycler's pod would run, or a
// directory be deleted. The volume stays as it is until then.
var errOutside = errors.New("outside of the API")

// probePlugins are those that kube-controller-manager gives this controller by default.
func probePlugins() []volume.VolumePlugin {
	config := volume.VolumeConfig{RecyclerPodTemplate: volume.NewPersistentVolumeRecyclerPodTemplate()}
	hostPath := hostpath.ProbeVolumePlugins(config)[0].(hostPathInterfaces)
	plugins := []volume.VolumePlugin{&hostPathPlugin{hostPath}}
	for _, plugin := range nfs.ProbeVolumePlugins(config) {
		if recycling, ok := plugin.(volume.RecyclableVolumePlugin); ok {
			plugin = &recyclingPlugin{recycling}
		}
		plugins = append(plugins, plugin)
	}
	return plugins
}

// recyclingPlugin starts no pod.
type recyclingPlugin struct{ volume.RecyclableVolumePlugin }

func (*recyclingPlugin) Recycle(string, *volume.Spec, recyclerclient.RecycleEventRecorder) error {
	panic(errOutside)
}

type hostPathInterfaces interface {
	volume.RecyclableVolumePlugin
	volume.DeletableVolumePlugin
	volume.ProvisionableVolumePlugin
}

// hostPathPlugin starts no pod and deletes no directory.
type hostPathPlugin struct{ hostPathInterfaces }

func (*hostPathPlugin) Recycle(string, *volume.Spec, recyclerclient.RecycleEventRecorder) error {
	panic(errOutside)
}

func (p *hostPathPlugin) NewDeleter(logger klog.Logger, spec *volume.Spec) (volume.Deleter, error) {
	deleter, err := p.hostPathInterfaces.NewDeleter(logger, spec)
	return &hostPathDeleter{deleter}, err
}

type hostPathDeleter struct{ volume.Deleter }

var deletable = regexp.MustCompile("/tmp/.+")

func (d *hostPathDeleter) Delete() error {
	if deletable.MatchString(d.GetPath()) {
		panic(errOutside)
	}
	return d.Deleter.Delete()
}

// operations runs each at once, and so has none that is pending.
type operations struct{}

func (operations) Run(_ string, operation func() error) error {
	defer func() {
		if r := recover(); r != nil && r != errOutside {
			panic(r)
		}
	}()
	// The controller tries a failed operation again in a later pass.
	_ = operation()
	return nil
}

func (operations) Wait()                          {}
func (operations) WaitForCompletion()             {}
func (operations) IsOperationPending(string) bool { return false }
