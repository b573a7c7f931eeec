package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	"k8s.io/kubernetes/pkg/scheduler/apis/config/latest"
	"k8s.io/kubernetes/pkg/scheduler/apis/config/scheme"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/names"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding"
	frameworkruntime "k8s.io/kubernetes/pkg/scheduler/framework/runtime"
)

// makeFramework makes the scheduling framework of a kube-scheduler whose profile is the default
// one without the plugins that are not asked for, and with other arguments where some are given.
func (c *cluster) makeFramework(client kubernetes.Interface, filters []string, pluginConfig json.RawMessage) error {
	profile, err := reducedProfile(filters, pluginConfig)
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

// reducedProfile is the release's default profile with the given plugin arguments, reduced to the
// named filters and the two plugins that no profile can do without. The order is the default
// profile's.
func reducedProfile(filters []string, pluginConfig json.RawMessage) (*config.KubeSchedulerProfile, error) {
	configuration, err := configure(pluginConfig)
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

// configure reads plugin arguments as kube-scheduler reads its configuration file: strictly, and
// with the defaults of what is left out. Each plugin validates its arguments when it is made.
func configure(pluginConfig json.RawMessage) (*config.KubeSchedulerConfiguration, error) {
	if len(pluginConfig) == 0 {
		return latest.Default()
	}
	file, err := json.Marshal(map[string]any{
		"apiVersion": "kubescheduler.config.k8s.io/v1",
		"kind":       "KubeSchedulerConfiguration",
		"profiles":   []any{map[string]any{"pluginConfig": pluginConfig}},
	})
	if err != nil {
		return nil, err
	}
	decoded, _, err := scheme.Codecs.UniversalDecoder().Decode(file, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("pluginConfig: %w", err)
	}
	return decoded.(*config.KubeSchedulerConfiguration), nil
}
