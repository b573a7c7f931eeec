//go:build ignore

// Prints lists and the order in which sort.Sort leaves them: `go run test/go-sort/record.go > test/go-sort/orders.txt`.
// A line: the keys, a blank, then for each place of the sorted list where its element stood before; numbers are in
// base 36, two digits each.
package main

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
)

type element struct{ key, place int }

type elements []element

func (e elements) Len() int           { return len(e) }
func (e elements) Less(i, j int) bool { return e[i].key < e[j].key }
func (e elements) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }

// adversary decides keys as late as it can, so that every pivot is a bad one; so many keys are equal.
type adversary struct {
	keys      []int
	places    []int
	solid     int
	equal     int
	candidate int
}

func (a *adversary) Len() int      { return len(a.places) }
func (a *adversary) Swap(i, j int) { a.places[i], a.places[j] = a.places[j], a.places[i] }

func (a *adversary) Less(i, j int) bool {
	gas := len(a.keys) + 1
	x, y := a.places[i], a.places[j]
	if a.keys[x] == gas && a.keys[y] == gas {
		frozen := y
		if x == a.candidate {
			frozen = x
		}
		a.keys[frozen] = a.solid / a.equal
		a.solid++
	}
	if a.keys[x] == gas {
		a.candidate = x
	} else if a.keys[y] == gas {
		a.candidate = y
	}
	return a.keys[x] < a.keys[y]
}

func worst(length, equal int) []int {
	a := &adversary{keys: make([]int, length), places: make([]int, length), equal: equal}
	for i := range length {
		a.keys[i], a.places[i] = length+1, i
	}
	sort.Sort(a)
	return a.keys
}

func main() {
	random := rand.New(rand.NewSource(1))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	few := func(values int) func(int) []int {
		return func(length int) []int {
			keys := make([]int, length)
			for i := range keys {
				keys[i] = random.Intn(values)
			}
			return keys
		}
	}
	sorted := func(length int) []int {
		keys := few(1 + length/2)(length)
		sort.Ints(keys)
		return keys
	}
	families := []func(int) []int{
		few(2), few(4), few(9), few(1000),
		func(length int) []int { return worst(length, 1) },
		func(length int) []int { return worst(length, 3) },
		sorted,
		func(length int) []int { // descending
			keys := sorted(length)
			for i := range length / 2 {
				keys[i], keys[length-1-i] = keys[length-1-i], keys[i]
			}
			return keys
		},
		func(length int) []int { // descending, with few ties
			keys := make([]int, length)
			for i, key := 0, length; i < length; i++ {
				keys[i] = key
				if random.Intn(9) > 0 {
					key--
				}
			}
			return keys
		},
		func(length int) []int { // nearly sorted
			keys := sorted(length)
			for range 1 + random.Intn(6) {
				if length > 0 {
					i := random.Intn(length)
					keys[i], keys[max(0, i-random.Intn(9))] = keys[max(0, i-random.Intn(9))], keys[i]
				}
			}
			return keys
		},
		func(length int) []int { // sorted but for its first elements
			keys := sorted(length)
			random.Shuffle(min(length, 4), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			return keys
		},
		func(length int) []int { // up and down
			keys := make([]int, length)
			for i := range keys {
				keys[i] = min(i, length-i) / 2
			}
			return keys
		},
		func(length int) []int { // saw teeth
			keys := make([]int, length)
			for i := range keys {
				keys[i] = i % 7
			}
			return keys
		},
	}
	for length := 0; length <= 200; length++ {
		times := 1
		if length >= 13 && length <= 60 {
			times = 4
		} else if length == 200 {
			times = len(families)
		}
		for time := range times {
			print(out, families[(length+3*time)%len(families)](length))
		}
	}
	// So long that bad pivots can use up what a list of their length may have.
	for length := 100; length <= 600; length += 100 {
		for _, equal := range []int{2, 4, 6} {
			print(out, worst(length, equal))
		}
	}
	// Descending where the pivot is looked for, and in no order elsewhere: turned round, and the pivot with it.
	for length := 50; length <= 130; length += 2 {
		keys := make([]int, length)
		for i := range keys {
			keys[i] = length - i
			if i < length/5 || i >= length-length/5 {
				keys[i] = random.Intn(4) * length / 3
			}
		}
		print(out, keys)
	}
}

func print(out *bufio.Writer, keys []int) {
	list := make(elements, len(keys))
	for i, key := range keys {
		list[i] = element{key, i}
		digits(out, key)
	}
	sort.Sort(list)
	fmt.Fprint(out, " ")
	for _, e := range list {
		digits(out, e.place)
	}
	fmt.Fprintln(out)
}

func digits(out *bufio.Writer, number int) {
	text := strconv.FormatInt(int64(number), 36)
	if len(text) < 2 {
		text = "0" + text
	}
	out.WriteString(text)
}
