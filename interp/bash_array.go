package interp

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// array is the value of an array variable. Others may hold it too (a
// subshell's table, a saved local): who wants to change it takes a copy
// unless it is its owner.
type array struct {
	owner *Shell
	assoc bool
	// idx are the indices of an indexed array in their order, val the values.
	idx []int
	val []string
	// m is an associative array, and keys its keys in the order in which
	// they came.
	m    map[string]string
	keys []string
}

func (a *array) clone(owner *Shell) *array {
	c := &array{owner: owner, assoc: a.assoc, idx: slices.Clone(a.idx), val: slices.Clone(a.val), keys: slices.Clone(a.keys)}
	if a.m != nil {
		c.m = make(map[string]string, len(a.m))
		maps.Copy(c.m, a.m)
	}
	return c
}

// at is the element with an index.
func (a *array) at(i int) (string, bool) {
	if n := len(a.idx); n > 0 && a.idx[n-1] == n-1 && i >= 0 && i < n {
		return a.val[i], true
	}
	if p, ok := slices.BinarySearch(a.idx, i); ok {
		return a.val[p], true
	}
	return "", false
}

// get is the element with a key: an index in decimal, or a string.
func (a *array) get(key string) (string, bool) {
	if a.assoc {
		v, ok := a.m[key]
		return v, ok
	}
	i, err := strconv.Atoi(key)
	if err != nil {
		return "", false
	}
	return a.at(i)
}

// put sets an element of an array that the caller owns.
func (a *array) put(i int, v string) {
	if n := len(a.idx); n == 0 || a.idx[n-1] < i {
		a.idx, a.val = append(a.idx, i), append(a.val, v)
		return
	}
	p, ok := slices.BinarySearch(a.idx, i)
	if ok {
		a.val[p] = v
		return
	}
	a.idx, a.val = slices.Insert(a.idx, p, i), slices.Insert(a.val, p, v)
}

func (a *array) putKey(k, v string) {
	if a.m == nil {
		a.m = map[string]string{}
	}
	if _, ok := a.m[k]; !ok {
		a.keys = append(a.keys, k)
	}
	a.m[k] = v
}

func (a *array) remove(i int) {
	if p, ok := slices.BinarySearch(a.idx, i); ok {
		a.idx, a.val = slices.Delete(a.idx, p, p+1), slices.Delete(a.val, p, p+1)
	}
}

func (a *array) removeKey(k string) {
	if _, ok := a.m[k]; ok {
		delete(a.m, k)
		a.keys = slices.DeleteFunc(a.keys, func(x string) bool { return x == k })
	}
}

// with is a copy of the array with one element set.
func (a *array) with(k, v string) *array {
	c := a.clone(a.owner)
	if c.assoc {
		c.putKey(k, v)
	} else if i, err := strconv.Atoi(k); err == nil {
		c.put(i, v)
	}
	return c
}

func (a *array) len() int {
	if a.assoc {
		return len(a.keys)
	}
	return len(a.idx)
}

// max is the highest index, or -1.
func (a *array) max() int {
	if len(a.idx) == 0 {
		return -1
	}
	return a.idx[len(a.idx)-1]
}

// values are the elements in bash's order.
func (a *array) values() []string {
	if !a.assoc {
		return a.val
	}
	keys := a.order()
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = a.m[k]
	}
	return out
}

// names are the indices or keys, in the same order.
func (a *array) names() []string {
	if a.assoc {
		return a.order()
	}
	out := make([]string, len(a.idx))
	for i, n := range a.idx {
		out[i] = strconv.Itoa(n)
	}
	return out
}

// assocBuckets is the size of the hash table of an associative array, which
// is filled to twice its size before it grows (bash's hashlib.h, assoc.h).
const assocBuckets = 1024

// order is the order in which bash's hash table gives the keys: by bucket,
// the newest of a bucket first.
func (a *array) order() []string {
	buckets := uint32(assocBuckets)
	for len(a.keys) > int(2*buckets) {
		buckets *= 4
	}
	type entry struct {
		bucket uint32
		at     int
	}
	list := make([]entry, len(a.keys))
	for i, k := range a.keys {
		list[i] = entry{hashString(k) & (buckets - 1), i}
	}
	slices.SortFunc(list, func(x, y entry) int {
		if x.bucket != y.bucket {
			return int(x.bucket) - int(y.bucket)
		}
		return y.at - x.at
	})
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = a.keys[e.at]
	}
	return out
}

// hashString is bash's hash_string: 32-bit FNV-1.
func hashString(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h *= 16777619
		h ^= uint32(s[i])
	}
	return h
}

// String is the array as set and declare print it.
func (a *array) String() string {
	var b strings.Builder
	b.WriteByte('(')
	vals := a.values()
	for i, k := range a.names() {
		if i > 0 && !a.assoc {
			b.WriteByte(' ')
		}
		if a.assoc && needsQuotes(k) {
			k = doubleQuote(k)
		}
		b.WriteString("[" + k + "]=" + doubleQuote(vals[i]))
		if a.assoc {
			b.WriteByte(' ')
		}
	}
	b.WriteByte(')')
	return b.String()
}

func (a *array) save(w *writer) {
	w.bool(a != nil)
	if a == nil {
		return
	}
	w.bool(a.assoc)
	w.int(a.len())
	if a.assoc {
		for _, k := range a.keys {
			w.str(k)
			w.str(a.m[k])
		}
		return
	}
	for i, n := range a.idx {
		w.int(n)
		w.str(a.val[i])
	}
}

func loadArray(r *reader) *array {
	if !r.bool() {
		return nil
	}
	a := &array{assoc: r.bool()}
	for n := r.int(); n > 0 && !r.bad; n-- {
		if a.assoc {
			k := r.str()
			a.putKey(k, r.str())
			continue
		}
		i := r.int()
		a.put(i, r.str())
	}
	return a
}

// newArray is an indexed array of these values.
func newArray(values []string) *array {
	a := &array{val: values, idx: make([]int, len(values))}
	for i := range values {
		a.idx[i] = i
	}
	return a
}
