package runlevel

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
)

// XinetdDir has the files of services that xinetd starts.
const XinetdDir = "etc/xinetd.d"

// XinetdService is one file of /etc/xinetd.d.
type XinetdService struct {
	Name string
	// On says that it is not disabled; a file that does not say is on.
	On bool
	// Enabled is what "chkconfig reset" goes by.
	Enabled bool
	src     []byte
}

// Xinetd reads a service of /etc/xinetd.d (readXinetdServiceInfo of
// leveldb.c): the last line that begins with "disable" counts, and it is on
// unless the value begins with "yes".
func (t *ChkconfigTree) Xinetd(name string) (*XinetdService, error) {
	p := under(XinetdDir, name)
	info, err := fs.Stat(t.fsys, p)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: p, Err: fs.ErrNotExist}
	}
	src, err := fs.ReadFile(t.fsys, p)
	if err != nil {
		return nil, err
	}
	s := &XinetdService{Name: name, On: true, Enabled: true, src: src}
	rest := string(src)
	if i := strings.IndexByte(rest, 0); i >= 0 {
		rest = rest[:i]
	}
	for rest != "" {
		whole := rest
		line, after, found := strings.Cut(rest, "\n")
		rest = after
		if strings.HasPrefix(line, "#") {
			continue
		}
		if found {
			whole = strings.TrimLeft(whole[:len(line)], chkconfigBlank) + whole[len(line):]
		}
		if !strings.HasPrefix(whole, "disable") {
			continue
		}
		_, value, _ := strings.Cut(whole, "=")
		s.On = strings.Contains(whole, "=") && !strings.HasPrefix(strings.TrimLeft(value, chkconfigBlank), "yes")
		s.Enabled = s.On
	}
	return s, nil
}

// chkconfigBlank is the white space of isspace(3).
const chkconfigBlank = " \t\n\v\f\r"

// XinetdServices are the names of all services of /etc/xinetd.d that can be
// read, sorted.
func (t *ChkconfigTree) XinetdServices() ([]*XinetdService, error) {
	entries, err := fs.ReadDir(t.fsys, XinetdDir)
	if err != nil {
		return nil, err
	}
	var all []*XinetdService
	for _, e := range entries {
		if ChkconfigIgnored(e.Name()) {
			continue
		}
		if s, err := t.Xinetd(e.Name()); err == nil {
			all = append(all, s)
		}
	}
	return all, nil
}

// SetXinetd is the plan that turns a service of xinetd on or off
// (setXinetdService of leveldb.c): empty lines and those that begin with
// "disable" go, and one comes after each line that begins with a brace.
func (t *ChkconfigTree) SetXinetd(s *XinetdService, state State) Plan {
	value, reason := "yes", "chkconfig off"
	if state == On || state == ResetPriorities || state == Reset && s.Enabled {
		value, reason = "no", "chkconfig on"
	}
	var out bytes.Buffer
	src := string(s.src)
	for line := range strings.Lines(src) {
		line = strings.TrimSuffix(line, "\n")
		text := strings.TrimLeft(line, chkconfigBlank)
		if text == "" || strings.HasPrefix(text, "disable") {
			continue
		}
		out.WriteString(line + "\n")
		if text[0] == '{' {
			out.WriteString("\tdisable\t= " + value + "\n")
		}
	}
	return Plan{Steps: []Step{{Op: Write, New: under(XinetdDir, s.Name), Data: out.Bytes(), Reason: reason}}}
}

// ChkconfigFind is a service as chkconfig finds it by its name: a script of
// /etc/init.d if scripts is set and there is one that can be opened, else a
// service of xinetd if xinetd is set. One of the results is not nil if err is
// nil.
func (t *ChkconfigTree) ChkconfigFind(name string, scripts, xinetd bool) (*ChkconfigService, *XinetdService, error) {
	err := error(fs.ErrNotExist)
	if scripts {
		var s *ChkconfigService
		s, err = t.Service(name)
		if err == nil {
			return s, nil, nil
		}
		var levelError *LevelError
		if errors.Is(err, ErrNotSupported) || errors.As(err, &levelError) || unmappable(err) {
			return nil, nil, err
		}
	}
	if !xinetd {
		return nil, nil, err
	}
	x, xerr := t.Xinetd(name)
	if xerr != nil {
		return nil, nil, xerr
	}
	return nil, x, nil
}

// unmappable tells a script that was opened but could not be read.
func unmappable(err error) bool {
	return errors.Is(err, ErrIsDirectory) || errors.Is(err, fs.ErrInvalid)
}
