package rehearse

import (
	"context"
	"fmt"
	"os"
	"testing"
)

func TestDebug(t *testing.T) {
	root := os.Getenv("DROOT")
	name := os.Getenv("DNAME")
	if name == "" {
		t.Skip()
	}
	src, _ := os.ReadFile(root + "/etc/init.d/" + name)
	o := Options{Script: name, Source: src, Root: os.DirFS(root)}
	if s := os.Getenv("DSCEN"); s != "" {
		o.Scenarios = []string{s}
	}
	rep, err := Run(context.Background(), o)
	fmt.Println(rep, err)
}
