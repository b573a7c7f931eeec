package main

import (
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
)

// The provisioner of one node: as main does, its node and its CSINode are made from what NodeGetInfo says.
type nodeDeployment struct {
	Node             string            `json:"node"`
	Segments         map[string]string `json:"segments"`
	ImmediateBinding bool              `json:"immediateBinding"`
}

// The informer of claims whose lister reads what is put under it.
type claimInformer struct {
	informer cache.SharedIndexInformer
	r        *readers
}

func (c claimInformer) Informer() cache.SharedIndexInformer { return c.informer }
func (c claimInformer) Lister() corelisters.PersistentVolumeClaimLister {
	return c.r
}

func (n *nodeDeployment) made(r *readers) *provisioner.NodeDeployment {
	if n == nil {
		return nil
	}
	factory := informers.NewSharedInformerFactory(fake.NewSimpleClientset(), 0)
	return &provisioner.NodeDeployment{
		NodeName:         n.Node,
		ClaimInformer:    claimInformer{factory.Core().V1().PersistentVolumeClaims().Informer(), r},
		NodeInfo:         &csi.NodeGetInfoResponse{NodeId: "id", AccessibleTopology: &csi.Topology{Segments: n.Segments}},
		ImmediateBinding: n.ImmediateBinding,
		BaseDelay:        time.Millisecond,
		MaxDelay:         time.Millisecond,
	}
}

func (n *nodeDeployment) nodes() corelisters.NodeLister {
	known := newIndexer()
	_ = known.Add(&v1.Node{ObjectMeta: metav1.ObjectMeta{Name: n.Node, Labels: n.Segments}})
	return corelisters.NewNodeLister(known)
}

func (n *nodeDeployment) csiNodes(driver string) storagelisters.CSINodeLister {
	keys := []string{}
	for key := range n.Segments {
		keys = append(keys, key)
	}
	known := newIndexer()
	_ = known.Add(&storagev1.CSINode{
		ObjectMeta: metav1.ObjectMeta{Name: n.Node},
		Spec:       storagev1.CSINodeSpec{Drivers: []storagev1.CSINodeDriver{{Name: driver, NodeID: "id", TopologyKeys: keys}}},
	})
	return storagelisters.NewCSINodeLister(known)
}
