package main

import (
	"fmt"

	v1 "k8s.io/api/core/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
)

// api is the API server's part: volumes and claims by key, as the controller last wrote them.
// Versions stay as they came; nothing else writes, so there are no conflicts.
type api struct {
	client  *fake.Clientset
	volumes map[string]*v1.PersistentVolume
	claims  map[string]*v1.PersistentVolumeClaim
	// changed tells the informers of a write.
	changed func(object runtime.Object)
	// writes counts those that changed something.
	writes int
}

func newAPI() *api {
	a := &api{client: &fake.Clientset{}}
	a.client.AddReactor("get", "persistentvolumes", a.getVolume)
	a.client.AddReactor("get", "persistentvolumeclaims", a.getClaim)
	a.client.AddReactor("update", "persistentvolumes", a.updateVolume)
	a.client.AddReactor("update", "persistentvolumeclaims", a.updateClaim)
	a.client.AddReactor("*", "*", func(action clienttesting.Action) (bool, runtime.Object, error) {
		panic(fmt.Sprintf("no answer to %s %s", action.GetVerb(), action.GetResource().Resource))
	})
	return a
}

func (a *api) clear() {
	a.client.ClearActions()
	a.volumes = map[string]*v1.PersistentVolume{}
	a.claims = map[string]*v1.PersistentVolumeClaim{}
	a.writes = 0
}

func (a *api) getVolume(action clienttesting.Action) (bool, runtime.Object, error) {
	name := action.(clienttesting.GetAction).GetName()
	if volume, found := a.volumes[name]; found {
		return true, volume.DeepCopy(), nil
	}
	return true, nil, errors.NewNotFound(action.GetResource().GroupResource(), name)
}

func (a *api) getClaim(action clienttesting.Action) (bool, runtime.Object, error) {
	name := action.(clienttesting.GetAction).GetName()
	if claim, found := a.claims[action.GetNamespace()+"/"+name]; found {
		return true, claim.DeepCopy(), nil
	}
	return true, nil, errors.NewNotFound(action.GetResource().GroupResource(), name)
}

// updateVolume writes a volume: by its status subresource the status alone, otherwise the rest.
func (a *api) updateVolume(action clienttesting.Action) (bool, runtime.Object, error) {
	volume := action.(clienttesting.UpdateAction).GetObject().(*v1.PersistentVolume).DeepCopy()
	before := a.volumes[volume.Name]
	if action.GetSubresource() == "status" {
		volume.Spec = before.Spec
	} else {
		volume.Status = before.Status
	}
	if !apiequality.Semantic.DeepEqual(before, volume) {
		a.writes++
		a.volumes[volume.Name] = volume
		a.changed(volume)
	}
	return true, volume.DeepCopy(), nil
}

func (a *api) updateClaim(action clienttesting.Action) (bool, runtime.Object, error) {
	claim := action.(clienttesting.UpdateAction).GetObject().(*v1.PersistentVolumeClaim).DeepCopy()
	key := claim.Namespace + "/" + claim.Name
	before := a.claims[key]
	if action.GetSubresource() == "status" {
		claim.Spec = before.Spec
	} else {
		claim.Status = before.Status
	}
	if !apiequality.Semantic.DeepEqual(before, claim) {
		a.writes++
		a.claims[key] = claim
		a.changed(claim)
	}
	return true, claim.DeepCopy(), nil
}
