package print

import (
	"fmt"
	"reflect"
	"strings"

	"sysv/interp/ast"
)

// dump is a tree as text, one value a line; with lines, with the numbers of
// the lines that messages and $LINENO give.
func dump(cmd ast.Command, lines bool) []string {
	d := dumper{lines: lines}
	d.value("", reflect.ValueOf(cmd))
	return d.out
}

type dumper struct {
	lines bool
	out   []string
}

func (d *dumper) value(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		d.out = append(d.out, path+" nil")
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			d.out = append(d.out, path+" nil")
			return
		}
		d.value(path, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			d.value(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		d.fields(path+"."+v.Type().Name(), v)
	default:
		d.out = append(d.out, fmt.Sprintf("%s %#v", path, v.Interface()))
	}
}

func (d *dumper) fields(path string, v reflect.Value) {
	d.out = append(d.out, path)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		f := v.Field(i)
		if f.IsZero() && f.Kind() != reflect.String {
			continue
		}
		if name == "At" {
			continue
		}
		if name == "Line" && !(d.lines && hasLine(v.Type().Name())) {
			continue
		}
		d.value(path+"."+name, f)
	}
}

// hasLine tells the nodes whose line dash has too.
func hasLine(node string) bool {
	switch node {
	case "Simple", "For", "Case", "Redirected", "Subshell", "FuncDecl":
		return true
	}
	return false
}

// difference is where two dumps begin to differ.
func difference(want, got []string) string {
	for i := range max(len(want), len(got)) {
		w, g := "(end)", "(end)"
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			return strings.Join([]string{"was " + w, "is  " + g}, "\n")
		}
	}
	return ""
}
