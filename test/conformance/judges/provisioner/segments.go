package main

import (
	"context"
	"encoding/json"
	"time"

	capacity "github.com/kubernetes-csi/external-provisioner/v6/pkg/capacity/topology"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/util/workqueue"
)

// The topology segments for which capacity would be asked.
func segmentsOf(req *request) reply {
	found, err := decodeObjects(req.Objects)
	if err != nil {
		return reply{Error: err.Error()}
	}
	kube := []runtime.Object{}
	for _, each := range found.nodes {
		kube = append(kube, each)
	}
	for _, each := range found.csiNodes {
		kube = append(kube, each)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	client := fake.NewSimpleClientset(kube...)
	factory := informers.NewSharedInformerFactory(client, 0)
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]())
	nodes := capacity.NewNodeTopology(req.Segments, client, factory.Core().V1().Nodes(), factory.Storage().V1().CSINodes(), queue)
	factory.Start(ctx.Done())
	go nodes.RunWorker(ctx)
	for !nodes.HasSynced() {
		time.Sleep(300 * time.Microsecond)
	}
	answers := reply{Segments: []json.RawMessage{}}
	// A segment that several nodes share is listed for each of them once it is synced again.
	seen := map[*capacity.Segment]bool{}
	for _, segment := range nodes.List() {
		if seen[segment] {
			continue
		}
		seen[segment] = true
		labels := map[string]string{}
		for _, entry := range *segment {
			labels[entry.Key] = entry.Value
		}
		text, err := json.Marshal(labels)
		if err != nil {
			return reply{Error: err.Error()}
		}
		answers.Segments = append(answers.Segments, text)
	}
	return answers
}
