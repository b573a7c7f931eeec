package main

import (
	"fmt"
	"maps"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	"k8s.io/kubernetes/pkg/features"
)

// gateSwitch sets feature gates of the process and sets them back.
type gateSwitch struct {
	// requested are the gates of the request for which the process is set at the moment.
	requested map[string]bool
	// defaults are the release's defaults of the gates that are set at the moment.
	defaults map[string]bool
}

func newGateSwitch() *gateSwitch { return &gateSwitch{} }

// active reports whether the process is set for these gates already.
func (g *gateSwitch) active(gates map[string]bool) bool { return maps.Equal(g.requested, gates) }

// set puts back the defaults, then sets the given gates. Kubernetes itself refuses unknown
// gates, locked ones with another value, and values that contradict a gate's dependencies.
func (g *gateSwitch) set(gates map[string]bool) error {
	if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(g.defaults); err != nil {
		return err
	}
	g.requested, g.defaults = nil, nil
	all := withDependents(gates)
	defaults, err := defaultsOf(all)
	if err != nil {
		return err
	}
	// A refused value stays behind in the gates and spoils every later call, so a copy tries first.
	if err := utilfeature.DefaultMutableFeatureGate.DeepCopy().SetFromMap(all); err != nil {
		return err
	}
	if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(all); err != nil {
		return err
	}
	g.requested, g.defaults = gates, defaults
	return nil
}

// differing are the requested gates whose values are not the release's defaults.
func (g *gateSwitch) differing() map[string]bool {
	differing := map[string]bool{}
	for name, value := range g.requested {
		if value != g.defaults[name] {
			differing[name] = value
		}
	}
	return differing
}

// withDependents adds the gates that have to be switched together with the given ones. They
// change no verdict, so a request need not name them.
func withDependents(gates map[string]bool) map[string]bool {
	all := maps.Clone(gates)
	known := utilfeature.DefaultMutableFeatureGate.GetAll()
	add := func(value bool, names ...featuregate.Feature) {
		for _, name := range names {
			_, named := gates[string(name)]
			if _, exists := known[name]; exists && !named {
				all[string(name)] = value
			}
		}
	}
	if value, named := gates[string(features.PodLevelResources)]; named && !value {
		add(false, "PodLevelResourcesFixDefaulting", "PodLevelResourcesFixKubeletQOSClass")
	}
	// Needed in 1.35, where it is off by default.
	if gates["InPlacePodLevelResourcesVerticalScaling"] {
		add(true, "NodeDeclaredFeatures")
	}
	return all
}

// defaultsOf looks the gates' values up; it is called while all gates have their defaults.
func defaultsOf(gates map[string]bool) (map[string]bool, error) {
	known := utilfeature.DefaultMutableFeatureGate.GetAll()
	defaults := map[string]bool{}
	for name := range gates {
		if _, exists := known[featuregate.Feature(name)]; !exists {
			return nil, fmt.Errorf("unknown feature gate %q in %s", name, minor)
		}
		defaults[name] = utilfeature.DefaultFeatureGate.Enabled(featuregate.Feature(name))
	}
	return defaults, nil
}
