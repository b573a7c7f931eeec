package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"github.com/kubernetes-csi/csi-lib-utils/rpc"
	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
	"google.golang.org/grpc"
	v1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	csitrans "k8s.io/csi-translation-lib"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// The judge holds one provisioner for each deployment; what a provisioner reads is put under it for each attempt.
type judge struct {
	conn         *grpc.ClientConn
	driver       *stubDriver
	provisioners map[string]*deployed
}

type deployed struct {
	provisioner controller.Provisioner
	reads       *readers
	inTree      string
	// Made when a claim is first checked.
	loop *loop
}

func newJudge() (*judge, error) {
	driver := &stubDriver{}
	conn, err := serveDriver(driver)
	return &judge{conn: conn, driver: driver, provisioners: map[string]*deployed{}}, err
}

func (j *judge) answer(req *request) reply {
	if req.Segments != "" {
		return segmentsOf(req)
	}
	if req.Check != nil {
		return j.check(req)
	}
	gate := fmt.Sprintf("CrossNamespaceVolumeDataSource=%v", req.Options.CrossNamespaceDataSources)
	if err := utilfeature.DefaultMutableFeatureGate.Set(gate); err != nil {
		return reply{Error: err.Error()}
	}
	store := provisioner.NewInMemoryStore()
	answers := reply{}
	for i := range req.Attempts {
		found, err := j.attempt(&req.Options, &req.Attempts[i], store)
		if err != nil {
			return reply{Error: err.Error()}
		}
		answers.Attempts = append(answers.Attempts, *found)
	}
	return answers
}

func (j *judge) attempt(opts *options, asked *attempt, store *provisioner.InMemoryStore) (*outcome, error) {
	found, err := decodeObjects(asked.Objects)
	if err != nil {
		return nil, err
	}
	var claim *v1.PersistentVolumeClaim
	for _, each := range found.claims {
		if each.Namespace+"/"+each.Name == asked.Claim {
			claim = each
		}
	}
	class := found.classes[asked.Class]
	if claim == nil || class == nil {
		return nil, errors.New("the claim or its class is not among the objects")
	}
	deployment := j.deployed(opts, asked.Driver)
	deployment.reads.set(found, store)
	j.driver.next(&asked.Response)
	result := &outcome{}
	pv, state, err := provision(deployment.provisioner, controller.ProvisionOptions{
		StorageClass:     class,
		PVName:           "pvc-" + string(claim.UID),
		PVC:              claim,
		SelectedNodeName: asked.Node,
	})
	result.State = stateName(state, err)
	if err != nil {
		result.Error = err.Error()
	}
	if req := j.driver.request; req != nil {
		result.Asked = true
		result.Bytes = req.GetCapacityRange().GetRequiredBytes()
		result.Requirements = requirementsOf(req.GetAccessibilityRequirements())
	}
	if err == nil && pv != nil {
		result.Volume = volumeOf(pv)
	}
	return result, nil
}

// provision reports a panic as an outcome.
func provision(p controller.Provisioner, opts controller.ProvisionOptions) (pv *v1.PersistentVolume, state controller.ProvisioningState, err error) {
	defer func() {
		if r := recover(); r != nil {
			pv, state, err = nil, "panic", fmt.Errorf("panic: %v", r)
		}
	}()
	return p.Provision(context.Background(), opts)
}

func stateName(state controller.ProvisioningState, err error) string {
	var ignored *controller.IgnoredError
	if errors.As(err, &ignored) {
		return "Ignored"
	}
	if state == controller.ProvisioningInBackground {
		return "InBackground"
	}
	return string(state)
}

func (j *judge) deployed(opts *options, driver string) *deployed {
	key := fmt.Sprint(opts.StrictTopology, opts.ImmediateTopology, opts.PreventVolumeModeConversion, opts.CrossNamespaceDataSources, opts.Capabilities, driver)
	if opts.NodeDeployment != nil {
		key += fmt.Sprint(*opts.NodeDeployment)
	}
	if known := j.provisioners[key]; known != nil {
		return known
	}
	plugin, controllerCaps := capabilitySets(opts.Capabilities)
	translator := csitrans.New()
	inTree := ""
	if name, err := translator.GetInTreeNameFromCSIName(driver); err == nil {
		inTree = name
	}
	reads := newReaders(provisioner.SupportsTopology(plugin))
	made := &deployed{reads: reads, inTree: inTree}
	nodes, csiNodes := reads.nodeLister(), reads.csiNodeLister()
	if node := opts.NodeDeployment; node != nil && reads.topology {
		nodes, csiNodes = node.nodes(), node.csiNodes(driver)
	}
	made.provisioner = provisioner.NewCSIProvisioner(
		reads.client, time.Hour, "judge", "pvc", -1, j.conn, reads.snapshots, driver,
		plugin, controllerCaps, inTree, opts.StrictTopology, opts.ImmediateTopology, translator,
		classReader{reads}, csiNodes, nodes, reads, nil, reads.grantLister(opts.CrossNamespaceDataSources),
		false, "", opts.NodeDeployment.made(reads), false, opts.PreventVolumeModeConversion, reads.storeOf(),
	)
	j.provisioners[key] = made
	return made
}

func capabilitySets(names []string) (rpc.PluginCapabilitySet, rpc.ControllerCapabilitySet) {
	plugin, controllerCaps := rpc.PluginCapabilitySet{}, rpc.ControllerCapabilitySet{}
	for _, name := range names {
		if value, ok := csi.PluginCapability_Service_Type_value[name]; ok {
			plugin[csi.PluginCapability_Service_Type(value)] = true
		}
		if value, ok := csi.ControllerServiceCapability_RPC_Type_value[name]; ok {
			controllerCaps[csi.ControllerServiceCapability_RPC_Type(value)] = true
		}
	}
	return plugin, controllerCaps
}

func requirementsOf(asked *csi.TopologyRequirement) *requirements {
	if asked == nil {
		return nil
	}
	return &requirements{Requisite: topologiesOf(asked.GetRequisite()), Preferred: topologiesOf(asked.GetPreferred())}
}

func topologiesOf(list []*csi.Topology) []topology {
	found := []topology{}
	for _, each := range list {
		found = append(found, topology{Segments: each.GetSegments()})
	}
	return found
}

func volumeOf(pv *v1.PersistentVolume) *volume {
	storage := pv.Spec.Capacity[v1.ResourceStorage]
	found := &volume{
		Name:                      pv.Name,
		Labels:                    pv.Labels,
		Capacity:                  storage.String(),
		AccessModes:               []string{},
		VolumeAttributesClassName: pv.Spec.VolumeAttributesClassName,
		NodeAffinity:              pv.Spec.NodeAffinity,
	}
	for _, mode := range pv.Spec.AccessModes {
		found.AccessModes = append(found.AccessModes, string(mode))
	}
	if pv.Spec.VolumeMode != nil {
		mode := string(*pv.Spec.VolumeMode)
		found.VolumeMode = &mode
	}
	if found.NodeAffinity != nil && found.NodeAffinity.Required != nil {
		// They come out of a Go map.
		for _, term := range found.NodeAffinity.Required.NodeSelectorTerms {
			sort.Slice(term.MatchExpressions, func(a, b int) bool {
				return strings.Compare(term.MatchExpressions[a].Key, term.MatchExpressions[b].Key) < 0
			})
		}
	}
	return found
}
