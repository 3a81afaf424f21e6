package status

import (
	"bytes"
	"encoding/json"
	"time"

	"sysv/service"
)

// truth is a service for programs: an object of the list that --json prints.
type truth struct {
	Name      string    `json:"name"`
	Path      string    `json:"path"`
	Running   string    `json:"running"`
	Status    int       `json:"status"`
	Meaning   string    `json:"meaning"`
	Says      string    `json:"says"`
	Processes []process `json:"processes"`
	PIDFiles  []pidFile `json:"pidFiles"`
	Disagree  []string  `json:"disagree"`
}

type process struct {
	PID      int      `json:"pid"`
	PPID     int      `json:"ppid"`
	Exe      string   `json:"exe"`
	Replaced bool     `json:"replaced"`
	Command  []string `json:"command"`
	Since    string   `json:"since"`
	Memory   int64    `json:"memory"`
	By       string   `json:"by"`
}

type pidFile struct {
	Path  string `json:"path"`
	PID   int    `json:"pid"`
	Stale string `json:"stale"`
}

// jsonText is the list. Bytes that are no UTF-8 become U+FFFD.
func jsonText(truths []*service.Truth) []byte {
	list := []truth{}
	for _, t := range truths {
		x := truth{
			Name: t.Name, Path: t.Path, Running: t.Running(), Status: t.Status, Meaning: t.Meaning(), Says: t.Says,
			Processes: []process{}, PIDFiles: []pidFile{}, Disagree: append([]string{}, t.Disagree...),
		}
		for _, r := range t.Processes {
			x.Processes = append(x.Processes, process{
				r.PID, r.PPID, r.Exe, r.Replaced, append([]string{}, r.Command...), r.Since.UTC().Format(time.RFC3339), r.Memory, r.By,
			})
		}
		for _, f := range t.PIDFiles {
			x.PIDFiles = append(x.PIDFiles, pidFile{f.Path, f.PID, f.Stale})
		}
		list = append(list, x)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	// It is made of strings and numbers, and goes to memory.
	_ = e.Encode(list)
	return b.Bytes()
}
