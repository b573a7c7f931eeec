package main

import (
	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
	snapclientset "github.com/kubernetes-csi/external-snapshotter/client/v8/clientset/versioned"
	snapfake "github.com/kubernetes-csi/external-snapshotter/client/v8/clientset/versioned/fake"
	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/fake"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
	gatewaylisters "sigs.k8s.io/gateway-api/pkg/client/listers/apis/v1beta1"
)

// A client whose objects are exchanged under whoever holds it.
type swapClient struct{ kubernetes.Interface }
type swapSnapshots struct{ snapclientset.Interface }

// Everything that a provisioner reads, exchanged for each attempt.
type readers struct {
	topology  bool
	client    *swapClient
	snapshots *swapSnapshots
	nodes     corelisters.NodeLister
	csiNodes  storagelisters.CSINodeLister
	claims    corelisters.PersistentVolumeClaimLister
	grants    gatewaylisters.ReferenceGrantLister
	classes   storagelisters.StorageClassLister
	store     *swapStore
}

func newReaders(topology bool) *readers {
	return &readers{
		topology:  topology,
		client:    &swapClient{fake.NewSimpleClientset()},
		snapshots: &swapSnapshots{snapfake.NewSimpleClientset()},
		store:     &swapStore{},
	}
}

func (r *readers) set(found *objects, store *provisioner.InMemoryStore) {
	kube, snaps := []runtime.Object{}, []runtime.Object{}
	claims, nodes, csiNodes, grants := newIndexer(), newIndexer(), newIndexer(), newIndexer()
	for _, each := range found.claims {
		kube = append(kube, each)
		_ = claims.Add(each)
	}
	for _, each := range found.volumes {
		kube = append(kube, each)
	}
	for _, each := range found.attributeClasses {
		kube = append(kube, each)
	}
	for _, each := range found.secrets {
		kube = append(kube, each)
	}
	classes := newIndexer()
	for _, each := range found.classes {
		_ = classes.Add(each)
	}
	r.classes = storagelisters.NewStorageClassLister(classes)
	for _, each := range found.nodes {
		_ = nodes.Add(each)
	}
	for _, each := range found.csiNodes {
		_ = csiNodes.Add(each)
	}
	for _, each := range found.grants {
		_ = grants.Add(each)
	}
	for _, each := range found.snapshots {
		snaps = append(snaps, each)
	}
	for _, each := range found.contents {
		snaps = append(snaps, each)
	}
	r.client.Interface = fake.NewSimpleClientset(kube...)
	r.snapshots.Interface = snapfake.NewSimpleClientset(snaps...)
	r.claims = corelisters.NewPersistentVolumeClaimLister(claims)
	r.nodes = corelisters.NewNodeLister(nodes)
	r.csiNodes = storagelisters.NewCSINodeLister(csiNodes)
	r.grants = gatewaylisters.NewReferenceGrantLister(grants)
	r.store.TopologyProvider = store
}

func newIndexer() cache.Indexer {
	return cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
}

// As the provisioner's main does: without topology there are no listers and no store.
func (r *readers) nodeLister() corelisters.NodeLister {
	if !r.topology {
		return nil
	}
	return nodeReader{r}
}

func (r *readers) csiNodeLister() storagelisters.CSINodeLister {
	if !r.topology {
		return nil
	}
	return csiNodeReader{r}
}

func (r *readers) grantLister(cross bool) gatewaylisters.ReferenceGrantLister {
	if !cross {
		return nil
	}
	return grantReader{r}
}

func (r *readers) storeOf() provisioner.TopologyProvider {
	if !r.topology {
		return (*provisioner.InMemoryStore)(nil)
	}
	return r.store
}

// The lister of claims.
func (r *readers) List(selector labels.Selector) ([]*v1.PersistentVolumeClaim, error) {
	return r.claims.List(selector)
}

func (r *readers) PersistentVolumeClaims(namespace string) corelisters.PersistentVolumeClaimNamespaceLister {
	return r.claims.PersistentVolumeClaims(namespace)
}

type nodeReader struct{ r *readers }

func (n nodeReader) List(selector labels.Selector) ([]*v1.Node, error) {
	return n.r.nodes.List(selector)
}
func (n nodeReader) Get(name string) (*v1.Node, error) { return n.r.nodes.Get(name) }

type csiNodeReader struct{ r *readers }

func (n csiNodeReader) List(selector labels.Selector) ([]*storagev1.CSINode, error) {
	return n.r.csiNodes.List(selector)
}
func (n csiNodeReader) Get(name string) (*storagev1.CSINode, error) { return n.r.csiNodes.Get(name) }

type classReader struct{ r *readers }

func (c classReader) List(selector labels.Selector) ([]*storagev1.StorageClass, error) {
	return c.r.classes.List(selector)
}
func (c classReader) Get(name string) (*storagev1.StorageClass, error) { return c.r.classes.Get(name) }

type grantReader struct{ r *readers }

func (n grantReader) List(selector labels.Selector) ([]*gatewayv1beta1.ReferenceGrant, error) {
	return n.r.grants.List(selector)
}
func (n grantReader) ReferenceGrants(namespace string) gatewaylisters.ReferenceGrantNamespaceLister {
	return n.r.grants.ReferenceGrants(namespace)
}

// A store that is exchanged under whoever holds it; its methods are the store's own.
type swapStore struct{ provisioner.TopologyProvider }
