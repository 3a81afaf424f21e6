package text

import (
	"strconv"

	"sysv/system"
	"sysv/utility/regex"
)

// all searches every operand and returns the status.
func (g *grepper) all(operands []string) int {
	switch {
	case len(operands) > 0:
	case g.recurse:
		g.directory(".", "")
	default:
		operands = []string{"-"}
	}
	for _, name := range operands {
		if g.stop() {
			break
		}
		g.operand(name, true)
	}
	switch {
	case g.quiet && g.matched:
		return 0
	case g.failed:
		return grepTrouble
	case g.matched:
		return 0
	}
	return 1
}

// stop reports whether nothing more is to be searched.
func (g *grepper) stop() bool { return g.quiet && g.matched || g.c.Stop() }

func (g *grepper) trouble(name string, err error) {
	g.failed = true
	if !g.silent {
		g.c.Errorf("%s: %v", name, err)
	}
}

func (g *grepper) operand(name string, commandLine bool) {
	f, own, err := openInput(g.c, name)
	shown := name
	if name == "-" && commandLine {
		shown = "(standard input)"
	} else if err == nil && !own {
		f, err = g.c.Open("./-", system.ReadOnly, 0)
		own = true
	}
	if err != nil {
		g.trouble(shown, err)
		return
	}
	info, err := f.Stat()
	if err != nil {
		g.trouble(shown, err)
		if own {
			f.Close()
		}
		return
	}
	if info.Mode.IsDir() && g.recurse && own {
		f.Close()
		g.directory(name, name)
		return
	}
	if !g.outKnown {
		g.outKnown = true
		if !g.quiet && !g.list && !g.listNot && g.max != 1 {
			if o, err := g.c.Stdout().Stat(); err == nil && o.Mode.IsRegular() {
				g.out = o
			}
		}
	}
	if g.out.Ino != 0 && info.SameFile(g.out) && info.Mode.IsRegular() {
		g.failed = true
		if !g.silent {
			g.c.Errorf("%s: input file is also the output", shown)
		}
		if own {
			f.Close()
		}
		return
	}
	l := newLines(g.c, f, shown, own)
	l.wantNUL = !g.text
	g.file(l)
	l.close()
}

// directory searches what is in a directory, in the order in which the
// directory gives it. Symbolic links and devices in it are left out.
func (g *grepper) directory(dir, shown string) {
	entries, err := g.c.ReadDir(dir)
	if err != nil {
		if shown == "" {
			shown = dir
		}
		g.trouble(shown, err)
		return
	}
	prefix := g.prefix
	if prefix < 0 {
		g.prefix = 1
	}
	for _, e := range entries {
		if g.stop() {
			break
		}
		name := e.Name
		if shown != "" {
			name = shown + "/" + e.Name
			if shown[len(shown)-1] == '/' {
				name = shown + e.Name
			}
		}
		typ := e.Type
		if typ == 0 {
			info, err := g.c.Lstat(name)
			if err != nil {
				g.trouble(name, err)
				continue
			}
			typ = info.Mode.Type()
		}
		switch typ {
		case system.TypeDir:
			g.directory(name, name)
		case system.TypeRegular:
			g.operand(name, false)
		}
	}
	g.prefix = prefix
}

// scan is the search of one file.
type scan struct {
	*grepper
	l       *lines
	line    int
	at      int64 // offset of the line
	count   int
	last    int // number of the last line printed
	pending int // lines of context still to be printed
	kept    []keptLine
}

type keptLine struct {
	text []byte
	line int
	at   int64
}

// file searches one file and prints what is to be printed of it.
func (g *grepper) file(l *lines) {
	s := &scan{grepper: g, l: l}
	binary := s.lines()
	l.giveBack()
	if l.err != nil {
		g.trouble(l.name, l.err)
	}
	if s.count > 0 {
		g.matched = true
	}
	switch {
	case g.quiet:
		return
	case g.listNot && s.count == 0, g.list && s.count > 0:
		g.c.Out.WriteString(l.name)
		g.c.Out.WriteByte('\n')
		return
	case g.list, g.listNot:
		return
	case g.count && !(binary && g.noBinary):
		if g.prefix > 0 {
			g.c.Out.WriteString(l.name)
			g.c.Out.WriteByte(':')
		}
		g.c.Out.WriteString(strconv.Itoa(s.count))
		g.c.Out.WriteByte('\n')
	case binary && s.count > 0 && !g.count:
		g.c.Errorf("%s: binary file matches", l.name)
	}
}

// lines searches the lines, and reports whether the file is binary and a line
// of it would have been printed.
func (s *scan) lines() (binary bool) {
	for s.max < 0 || s.count < s.max {
		line, ended, ok := s.l.next()
		if !ok {
			return false
		}
		if s.l.sawNUL && s.noBinary {
			s.count = 0
			return true
		}
		s.line++
		hit, err := s.match(line)
		if err != nil {
			s.trouble(s.l.name, err)
			return false
		}
		switch {
		case hit != s.invert:
			s.count++
			if s.quiet || s.list || s.listNot {
				return false
			}
			if s.grepper.count {
				break
			}
			if s.l.sawNUL {
				return true
			}
			s.selected(line)
		case s.pending > 0:
			s.pending--
			s.show(line, s.line, s.at, '-')
		case s.before > 0:
			s.keep(line)
		}
		s.at += int64(len(line))
		if ended {
			s.at++
		}
		if s.c.Stop() {
			return false
		}
	}
	s.trailing()
	return false
}

// trailing prints the context behind the last line that -m allows.
func (s *scan) trailing() {
	for s.pending > 0 {
		line, _, ok := s.l.next()
		if !ok {
			return
		}
		s.line++
		s.pending--
		s.show(line, s.line, s.at, '-')
		s.at += int64(len(line)) + 1
	}
}

func (s *scan) match(line []byte) (bool, error) {
	if s.none {
		return false, nil
	}
	if !s.word {
		return s.re.Match(line)
	}
	loc, err := s.nextWord(line, 0)
	return loc != nil, err
}

// nextWord finds the first match from at on that has no part of a word on
// either side, trying shorter ones at each place as grep does.
func (s *scan) nextWord(line []byte, at int) ([]int, error) {
	loc, err := s.re.FindFrom(line, at)
	for err == nil && loc != nil {
		from, to := loc[0], loc[1]
		for to >= from {
			if !(from > 0 && regex.IsWord(line[from-1])) && !(to < len(line) && regex.IsWord(line[to])) {
				return []int{from, to}, nil
			}
			if to == from {
				break
			}
			if to, err = s.re.MatchAt(line, from, to-1); err != nil {
				return nil, err
			}
			if to == from {
				break // GNU's search takes no empty match here
			}
		}
		if from+1 > len(line) {
			return nil, nil
		}
		loc, err = s.re.FindFrom(line, from+1)
	}
	return nil, err
}

// selected prints a line that was selected, and the context before it.
func (s *scan) selected(line []byte) {
	if s.only {
		if !s.invert {
			s.parts(line)
		}
		return
	}
	for _, k := range s.kept {
		s.show(k.text, k.line, k.at, '-')
	}
	s.kept = s.kept[:0]
	s.show(line, s.line, s.at, ':')
	s.pending = s.after
}

func (s *scan) keep(line []byte) {
	k := keptLine{line: s.line, at: s.at}
	if len(s.kept) >= s.before {
		k.text = s.kept[0].text[:0]
		s.kept = append(s.kept[:0], s.kept[1:]...)
	}
	k.text = append(k.text, line...)
	s.kept = append(s.kept, k)
}

// parts prints the matching parts of a line (-o).
func (s *scan) parts(line []byte) {
	at := 0
	for at <= len(line) {
		var loc []int
		var err error
		if s.word {
			loc, err = s.nextWord(line, at)
		} else {
			loc, err = s.re.FindFrom(line, at)
		}
		if err != nil || loc == nil {
			return
		}
		if loc[0] == loc[1] {
			at = loc[0] + 1
			continue
		}
		s.show(line[loc[0]:loc[1]], s.line, s.at+int64(loc[0]), ':')
		at = loc[1]
	}
}

// show prints a line with what the options put before it.
func (s *scan) show(line []byte, number int, at int64, sep byte) {
	w := s.c.Out
	if s.context && s.printed && (s.last == 0 || number > s.last+1) {
		w.WriteString("--\n")
	}
	s.printed = true
	s.last = number
	if s.prefix > 0 {
		w.WriteString(s.l.name)
		w.WriteByte(sep)
	}
	if s.number {
		w.WriteString(strconv.Itoa(number))
		w.WriteByte(sep)
	}
	if s.offset {
		w.WriteString(strconv.FormatInt(at, 10))
		w.WriteByte(sep)
	}
	w.Write(line)
	w.WriteByte('\n')
	if s.lineBuf {
		w.Flush()
	}
}
