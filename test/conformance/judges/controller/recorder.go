package main

import (
	"fmt"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

type event struct {
	Kind    string `json:"kind"`
	Object  string `json:"object"`
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// recorder keeps events in the order in which they were first recorded, each once.
type recorder struct {
	events []event
	seen   map[event]bool
}

func (r *recorder) Event(object runtime.Object, eventType, reason, message string) {
	recorded := event{Type: eventType, Reason: reason, Message: message}
	switch about := object.(type) {
	case *v1.PersistentVolume:
		recorded.Kind, recorded.Object = "PersistentVolume", about.Name
	case *v1.PersistentVolumeClaim:
		recorded.Kind, recorded.Object = "PersistentVolumeClaim", about.Namespace+"/"+about.Name
	default:
		panic(fmt.Sprintf("event about a %T", object))
	}
	if !r.seen[recorded] {
		r.seen[recorded] = true
		r.events = append(r.events, recorded)
	}
}

func (r *recorder) Eventf(object runtime.Object, eventType, reason, format string, args ...any) {
	r.Event(object, eventType, reason, fmt.Sprintf(format, args...))
}

func (r *recorder) AnnotatedEventf(object runtime.Object, _ map[string]string, eventType, reason, format string, args ...any) {
	r.Eventf(object, eventType, reason, format, args...)
}

func (r *recorder) clear() {
	r.events = []event{}
	r.seen = map[event]bool{}
}
