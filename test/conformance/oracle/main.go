// The oracle runs kube-scheduler's own plugins on clusters given as JSON and prints their
// verdicts. It reads one request a line on standard input and writes one report a line on
// standard output, in the same order. See README.md.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/go-logr/logr"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/component-base/version"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler/metrics"
)

// minor is the release whose code is linked in, for example "1.37".
const minor = version.DefaultKubeBinaryVersion

func main() {
	workers := flag.Int("workers", 1, "clusters evaluated at the same time")
	showVersion := flag.Bool("version", false, "print the linked Kubernetes version and exit")
	var bench benchOptions
	bench.register(flag.CommandLine)
	flag.Parse()

	// The plugins log about objects that are wrong on purpose. Their errors come back as
	// statuses, which is all that counts here; the default handlers would also sleep.
	klog.SetLogger(logr.Discard())
	utilruntime.ErrorHandlers = nil
	// The framework dereferences its metrics, so they have to exist.
	metrics.Register()

	var err error
	switch {
	case *showVersion:
		fmt.Println(linkedVersion())
	case bench.file != "":
		err = bench.run(os.Stdout)
	default:
		err = serve(os.Stdin, os.Stdout, *workers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

// linkedVersion is the version of the k8s.io/kubernetes module in this binary.
func linkedVersion() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, module := range info.Deps {
			if module.Path == "k8s.io/kubernetes" {
				return module.Version
			}
		}
	}
	return "v" + minor
}

// encodeLine writes a value as one line of JSON without HTML escaping.
func encodeLine(out *bufio.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return out.Flush()
}
