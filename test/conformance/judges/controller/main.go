// This judge runs kube-controller-manager's own PersistentVolume controller over objects given
// as JSON until it comes to rest, and prints what it left. It reads one request a line on
// standard input and writes one answer a line on standard output, in the same order. See README.md.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/go-logr/logr"
	v1 "k8s.io/api/core/v1"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
)

// answer is how things stand once the controller rests.
type answer struct {
	Volumes []*v1.PersistentVolume      `json:"volumes"`
	Claims  []*v1.PersistentVolumeClaim `json:"claims"`
	Events  []event                     `json:"events"`
	// Errors are those with which syncs of the last pass ended: OBJECT: ERROR.
	Errors []string `json:"errors,omitempty"`
	Passes int      `json:"passes"`
	// Restless tells that every pass changed something.
	Restless bool `json:"restless,omitempty"`
}

func main() {
	showVersion := flag.Bool("version", false, "print the linked Kubernetes version and exit")
	flag.Parse()
	if *showVersion {
		fmt.Println(linkedVersion())
		return
	}
	// The controller logs about objects that are wrong on purpose.
	klog.SetLogger(logr.Discard())
	utilruntime.ErrorHandlers = nil
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "controller-judge:", err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	writer := bufio.NewWriterSize(out, 1<<20)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	judge, err := newJudge()
	if err != nil {
		return err
	}
	for {
		line, readErr := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := errors.Join(encoder.Encode(answerTo(judge, line)), writer.Flush()); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return readErr
		}
	}
}

// failure is what stands in place of an answer when a request cannot be answered.
type failure struct {
	Error string `json:"error"`
}

// answerTo answers one request; a panic ends only this request.
func answerTo(judge *judge, line []byte) (result any) {
	defer func() {
		if r := recover(); r != nil {
			result = failure{fmt.Sprintf("panic: %v\n%s", r, debug.Stack())}
		}
	}()
	objects, err := decodeRequest(line)
	if err != nil {
		return failure{err.Error()}
	}
	if err := judge.load(objects); err != nil {
		return failure{err.Error()}
	}
	return judge.rest()
}

// linkedVersion is the version of the k8s.io/kubernetes module in this binary.
func linkedVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "k8s.io/kubernetes" {
				return module.Version
			}
		}
	}
	return "unknown"
}
