package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
)

// serve answers requests until the input ends. Requests with the same feature gates may run at
// the same time; as gates belong to the whole process, a request with other gates waits until
// those before it are done. Answers keep the order of the requests.
func serve(in io.Reader, out io.Writer, workers int) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	answers := make(chan chan any, 2*workers)
	written := make(chan error, 1)
	go func() { written <- writeAnswers(bufio.NewWriterSize(out, 1<<20), answers) }()

	var running sync.WaitGroup
	slots := make(chan struct{}, workers)
	gates := newGateSwitch()
	var readErr error
	for readErr == nil {
		var line []byte
		line, readErr = reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		answer := make(chan any, 1)
		answers <- answer
		req, err := decodeRequest(line)
		if err == nil && !gates.active(req.Gates) {
			running.Wait()
			err = gates.set(req.Gates)
		}
		if err != nil {
			answer <- failure{err.Error()}
			continue
		}
		differing := gates.differing()
		slots <- struct{}{}
		running.Add(1)
		go func() {
			defer func() { <-slots; running.Done() }()
			answer <- answerTo(req, differing)
		}()
	}
	close(answers)
	return errors.Join(notEOF(readErr), <-written)
}

// failure is what stands in place of a report when a request cannot be answered.
type failure struct {
	Error string `json:"error"`
}

// answerTo evaluates one request; a panic ends only this request.
func answerTo(req *request, gates map[string]bool) (answer any) {
	defer func() {
		if r := recover(); r != nil {
			answer = failure{fmt.Sprintf("panic: %v\n%s", r, debug.Stack())}
		}
	}()
	report, err := evaluateRequest(req, gates)
	if err != nil {
		return failure{err.Error()}
	}
	return report
}

func writeAnswers(out *bufio.Writer, answers <-chan chan any) error {
	var firstErr error
	for answer := range answers {
		if err := encodeLine(out, <-answer); err != nil && firstErr == nil {
			firstErr = err
		}
	}
	return firstErr
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
