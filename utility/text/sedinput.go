package text

import (
	"bufio"
	"strconv"
	"strings"

	"sysv/system"
)

// sedOut is a place that sed writes to. missing tells that the last line
// written had no newline, which must come before anything else.
type sedOut struct {
	w       *bufio.Writer
	f       system.File // to be closed; nil for standard output
	missing bool
	direct  bool
}

func (o *sedOut) begin() {
	if o.missing {
		o.w.WriteByte('\n')
		o.missing = false
	}
}

// end flushes what another program may be watching.
func (o *sedOut) end() {
	if o.direct {
		o.w.Flush()
	}
}

// outFile gives the output of a w command.
func (s *sedRun) outFile(name string) *sedOut { return s.wfiles[name] }

// openOutputs opens the files that the script writes.
func (s *sedRun) openOutputs() error {
	s.wfiles = map[string]*sedOut{}
	for _, name := range s.prog.files {
		if s.wfiles[name] != nil {
			continue
		}
		switch name {
		case "/dev/stdout":
			s.wfiles[name] = s.std
			continue
		case "/dev/stderr":
			s.wfiles[name] = &sedOut{w: bufio.NewWriterSize(s.c.Stderr(), 512), direct: true}
			continue
		}
		f, err := s.c.Open(name, system.WriteOnly|system.Create|system.Truncate, 0o666)
		if err != nil {
			return &sedError{"couldn't open file " + name + ": " + err.Error(), sedPanic}
		}
		s.wfiles[name] = &sedOut{w: bufio.NewWriterSize(f, 4096), f: f, direct: true}
	}
	return nil
}

// openNext opens the next input file that can be; false is the end of all.
func (s *sedRun) openNext() bool {
	if s.ahead != nil {
		s.in, s.ahead = s.ahead, nil
		return true
	}
	for s.next < len(s.files) {
		name := s.files[s.next]
		s.next++
		l := s.openInput(name)
		if l == nil {
			continue
		}
		s.in = l
		if s.separate {
			s.line = 0
			s.prog.reset()
		}
		return true
	}
	return false
}

func (s *sedRun) openInput(name string) *lines {
	if s.inPlace && name == "-" {
		s.c.Errorf("couldn't edit %s: not a regular file", name)
		s.status = sedPanic
		return nil
	}
	l, err := openLines(s.c, name)
	if err != nil {
		s.c.Errorf("can't read %s: %v", name, err)
		s.status = sedBadInput
		return nil
	}
	l.delim = s.delim
	if !s.inPlace {
		return l
	}
	if err := s.beginEdit(l); err != nil {
		s.c.Errorf("%v", err)
		s.status = sedPanic
		l.close()
		return nil
	}
	return l
}

// beginEdit makes the file that will replace the one edited in place.
func (s *sedRun) beginEdit(l *lines) error {
	info, err := l.f.Stat()
	if err != nil || !info.Mode.IsRegular() {
		return &sedError{"couldn't edit " + l.name + ": not a regular file", sedPanic}
	}
	dir := ""
	if i := strings.LastIndexByte(l.name, '/'); i >= 0 {
		dir = l.name[:i+1]
	}
	for n := 0; ; n++ {
		name := dir + "sed" + strconv.FormatUint(uint64(s.c.Sys.Getpid())*1000+uint64(n), 36)
		f, err := s.c.Open(name, system.WriteOnly|system.Create|system.Exclusive, 0o600)
		if err == system.EEXIST && n < 1000 {
			continue
		}
		if err != nil {
			if dir == "" {
				dir = "./"
			}
			s.abort = true
			return &sedError{"couldn't open temporary file " + dir + "sedXXXXXX: " + err.Error(), sedPanic}
		}
		f.Chown(info.UID, info.GID)
		f.Chmod(info.Mode.Perm())
		s.temp = name
		s.out = &sedOut{w: bufio.NewWriterSize(f, 4096), f: f}
		return nil
	}
}

// closeInput ends the current file, and puts the edited one in its place.
func (s *sedRun) closeInput() error {
	l := s.in
	s.in = nil
	if l.err != nil {
		s.c.Errorf("read error on %s: %v", l.name, l.err)
		s.status = sedPanic
		s.abort = true
	}
	l.giveBack()
	l.close()
	if s.temp == "" {
		return nil
	}
	o, temp := s.out, s.temp
	s.out, s.temp = s.std, ""
	err := o.w.Flush()
	if e := o.f.Close(); err == nil {
		err = e
	}
	if err != nil || s.abort {
		s.c.Unlink(temp)
		if err != nil {
			return &sedError{"couldn't write to " + temp + ": " + err.Error(), sedPanic}
		}
		return nil
	}
	if s.suffix != "" {
		if err := s.c.Rename(l.name, backupName(l.name, s.suffix)); err != nil {
			s.c.Unlink(temp)
			return &sedError{"cannot rename " + l.name + ": " + err.Error(), sedPanic}
		}
	}
	if err := s.c.Rename(temp, l.name); err != nil {
		s.c.Unlink(temp)
		return &sedError{"cannot rename " + temp + ": " + err.Error(), sedPanic}
	}
	return nil
}

// backupName makes the name of a backup: each * of the suffix is the file's
// name, and without one the suffix is put at the end.
func backupName(name, suffix string) string {
	dir, base := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, base = name[:i+1], name[i+1:]
	}
	backup := base + suffix
	if strings.IndexByte(suffix, '*') >= 0 {
		backup = strings.ReplaceAll(suffix, "*", base)
	}
	if strings.IndexByte(backup, '/') >= 0 {
		return backup
	}
	return dir + backup
}

// read reads the next line, with join behind what is in the pattern space.
func (s *sedRun) read(join bool) (bool, error) {
	if err := s.dumpAppend(); err != nil {
		return false, err
	}
	s.replaced = false
	for !s.abort && !s.c.Stop() {
		if s.in == nil && !s.openNext() {
			return false, nil
		}
		b, ended, ok := s.in.next()
		if ok {
			if !join {
				s.ps.b = s.ps.b[:0]
			}
			s.ps.b = append(s.ps.b, b...)
			s.ps.ended = ended
			s.line++
			return true, nil
		}
		if err := s.closeInput(); err != nil {
			return false, err
		}
	}
	return false, nil
}

// last reports whether the current line is the last one.
func (s *sedRun) last() bool {
	if s.in != nil && s.in.more() {
		return false
	}
	if s.separate {
		return true
	}
	for s.ahead == nil && s.next < len(s.files) {
		l := s.openInput(s.files[s.next])
		s.next++
		if l == nil {
			continue
		}
		if l.more() {
			s.ahead = l
			break
		}
		if l.err != nil {
			s.c.Errorf("read error on %s: %v", l.name, l.err)
			s.status = sedPanic
		}
		l.close()
	}
	return s.ahead == nil
}
