package main

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	"k8s.io/kubernetes/pkg/scheduler/apis/config/latest"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/names"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

// makeFramework makes the scheduling framework of a kube-scheduler whose profile is the default
// one without the plugins that are not asked for.
func (c *cluster) makeFramework(client kubernetes.Interface, filters []string) error {
	profile, err := defaultProfile(filters)
	if err != nil {
		return err
	}
	// The registry reads the feature gates, so every cluster has its own.
	registry := plugins.NewInTreeRegistry()
	newBinding := registry[names.VolumeBinding]
	registry[names.VolumeBinding] = func(ctx context.Context, args runtime.Object, h handle) (plugin, error) {
		made, err := newBinding(ctx, args, h)
		if err == nil {
			c.binding = made.(*volumebinding.VolumeBinding)
		}
		return made, err
	}
	options := append(releaseOptions(c),
		frameworkruntime.WithClientSet(client),
		frameworkruntime.WithInformerFactory(c.informers),
		frameworkruntime.WithSnapshotSharedLister(c.snapshot),
	)
	c.framework, err = frameworkruntime.NewFramework(c.ctx, registry, profile, options...)
	return err
}

// defaultProfile is the release's default profile with the default plugin arguments, reduced to
// the named filters and the two plugins that no profile can do without. The order is the default
// profile's.
func defaultProfile(filters []string) (*config.KubeSchedulerProfile, error) {
	configuration, err := latest.Default()
	if err != nil {
		return nil, err
	}
	profile := &configuration.Profiles[0]
	wanted := append([]string{names.PrioritySort, names.DefaultBinder}, filters...)
	enabled := &profile.Plugins.MultiPoint
	enabled.Enabled = slices.DeleteFunc(enabled.Enabled, func(p config.Plugin) bool {
		return !slices.Contains(wanted, p.Name)
	})
	return profile, nil
}
