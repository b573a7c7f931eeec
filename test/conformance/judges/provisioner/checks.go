package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"

	_ "unsafe"

	"github.com/container-storage-interface/spec/lib/go/csi"
	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
)

const selectedNode = "volume.kubernetes.io/selected-node"

//go:linkname syncClaim sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller.(*ProvisionController).syncClaim
func syncClaim(ctrl *controller.ProvisionController, ctx context.Context, obj any) error

// A provisioner that sees whether the loop asks it to provision, and stops there.
type witness struct {
	controller.Provisioner
	asked bool
}

func (w *witness) Provision(context.Context, controller.ProvisionOptions) (*v1.PersistentVolume, controller.ProvisioningState, error) {
	w.asked = true
	return nil, controller.ProvisioningFinished, &controller.IgnoredError{Reason: "seen"}
}

func (w *witness) ShouldProvision(ctx context.Context, claim *v1.PersistentVolumeClaim) bool {
	return w.Provisioner.(controller.Qualifier).ShouldProvision(ctx, claim)
}

func (w *witness) SupportsBlock(context.Context) bool { return true }

// The loop around a provisioner; its caches are filled for each request.
type loop struct {
	controller *controller.ProvisionController
	witness    *witness
	claims     cache.SharedIndexInformer
	volumes    cache.SharedIndexInformer
	classes    cache.SharedIndexInformer
}

func newLoop(deployment *deployed, driver, inTree string) *loop {
	factory := informers.NewSharedInformerFactory(fake.NewSimpleClientset(), 0)
	made := &loop{
		witness: &witness{Provisioner: deployment.provisioner},
		claims:  factory.Core().V1().PersistentVolumeClaims().Informer(),
		volumes: factory.Core().V1().PersistentVolumes().Informer(),
		classes: factory.Storage().V1().StorageClasses().Informer(),
	}
	names := []string{}
	if inTree != "" {
		names = append(names, inTree)
	}
	made.controller = controller.NewProvisionController(
		context.Background(), deployment.reads.client, driver, made.witness,
		controller.LeaderElection(false),
		controller.ClaimsInformer(made.claims), controller.VolumesInformer(made.volumes), controller.ClassesInformer(made.classes),
		controller.AdditionalProvisionerNames(names),
	)
	return made
}

// Whether the loop makes an attempt for a claim, and whether the provisioner of this node has taken it.
func (j *judge) check(req *request) reply {
	found, err := decodeObjects(req.Check.Objects)
	if err != nil {
		return reply{Error: err.Error()}
	}
	if len(found.claims) == 0 {
		return reply{Error: errors.New("there is no claim").Error()}
	}
	claim := found.claims[0]
	deployment := j.deployed(&req.Options, req.Check.Driver)
	deployment.reads.set(found, provisioner.NewInMemoryStore())
	j.driver.next(&response{Available: req.Check.Available})
	if deployment.loop == nil {
		deployment.loop = newLoop(deployment, req.Check.Driver, deployment.inTree)
	}
	run := deployment.loop
	claims, volumes, classes := []any{}, []any{}, []any{}
	for _, each := range found.claims {
		claims = append(claims, each)
	}
	for _, each := range found.volumes {
		volumes = append(volumes, each)
	}
	for _, each := range found.classes {
		classes = append(classes, each)
	}
	_ = run.claims.GetIndexer().Replace(claims, "")
	_ = run.volumes.GetIndexer().Replace(volumes, "")
	_ = run.classes.GetIndexer().Replace(classes, "")
	run.witness.asked = false
	result := &checked{}
	if err := syncSafely(run.controller, claim); err != nil {
		result.Error = err.Error()
	}
	result.Attempted = run.witness.asked
	now, err := deployment.reads.client.CoreV1().PersistentVolumeClaims(claim.Namespace).Get(context.Background(), claim.Name, metav1.GetOptions{})
	if err != nil {
		return reply{Error: err.Error()}
	}
	result.Taken = claim.Annotations[selectedNode] == "" && now.Annotations[selectedNode] != ""
	return reply{Checked: result}
}

// A panic is an outcome.
func syncSafely(ctrl *controller.ProvisionController, claim *v1.PersistentVolumeClaim) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return syncClaim(ctrl, context.Background(), claim)
}

// What a driver's answer about its capacity goes by.
func placeName(place *csi.Topology) string {
	pairs := []string{}
	for key, value := range place.GetSegments() {
		pairs = append(pairs, key+"="+value)
	}
	sort.Strings(pairs)
	return strings.Join(pairs, ",")
}
