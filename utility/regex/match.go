package regex

import "bytes"

// The matcher of this package: a backtracking machine over a list of
// instructions. It tries every way through, in order of preference, and keeps
// the first of the longest. Without back-references a place in the program
// and in the text that has been tried before need not be tried again, so the
// work is bounded by their product; with them, by a budget.

const (
	// stepBudget bounds the steps of one search with back-references: about
	// a second.
	stepBudget = 20 << 20
	// memoBits bounds the memory of one search without them: 32 MiB.
	memoBits = 256 << 20
	// maxProgram bounds the instructions that nested intervals unroll to.
	maxProgram = 1 << 18
)

type iop uint8

const (
	iByte iop = iota
	iSet
	iSplit // try x, then y
	iJump
	iSave
	iRef
	iAnchor
	iMark // remember the place in slot x
	iMove // fail if it is still the place in slot x
	iMatch
)

type inst struct {
	op   iop
	b    byte
	at   op // iAnchor
	set  *set
	x, y int
}

type prog struct {
	code      []inst
	slots     int // groups' offsets, then marks
	nsave     int
	backref   bool
	fold      bool
	multiline bool
	tooBig    bool
	visited   []uint64
}

// own compiles the expression for this package's matcher.
func (re *Regexp) own() *prog {
	if re.prog != nil {
		return re.prog
	}
	p := &prog{
		nsave: 2 * (re.groups + 1), backref: re.backref,
		fold: re.syn&Fold != 0, multiline: re.syn&Multiline != 0,
	}
	p.slots = p.nsave
	p.compile(re.root)
	p.emit(inst{op: iMatch})
	re.prog = p
	return p
}

func (p *prog) emit(i inst) int {
	if len(p.code) >= maxProgram {
		p.tooBig = true
		return 0
	}
	p.code = append(p.code, i)
	return len(p.code) - 1
}

func (p *prog) compile(n *node) {
	if p.tooBig {
		return
	}
	switch n.op {
	case opEmpty:
	case opByte:
		p.emit(inst{op: iByte, b: n.b})
	case opSet:
		p.emit(inst{op: iSet, set: n.set})
	case opCat:
		for _, s := range n.sub {
			p.compile(s)
		}
	case opAlt:
		p.alt(n.sub)
	case opGroup:
		p.emit(inst{op: iSave, x: 2 * n.n})
		p.compile(n.sub[0])
		p.emit(inst{op: iSave, x: 2*n.n + 1})
	case opBackref:
		p.emit(inst{op: iRef, x: n.n})
	case opRepeat:
		p.repeat(n)
	default:
		p.emit(inst{op: iAnchor, at: n.op})
	}
}

func (p *prog) alt(subs []*node) {
	var ends []int
	for i, s := range subs {
		if i == len(subs)-1 {
			p.compile(s)
			break
		}
		split := p.emit(inst{op: iSplit})
		p.code[split].x = len(p.code)
		p.compile(s)
		ends = append(ends, p.emit(inst{op: iJump}))
		if p.tooBig {
			return
		}
		p.code[split].y = len(p.code)
	}
	for _, e := range ends {
		p.code[e].x = len(p.code)
	}
}

func (p *prog) repeat(n *node) {
	for i := 0; i < n.min && !p.tooBig; i++ {
		p.compile(n.sub[0])
	}
	if n.max < 0 {
		p.loop(n.sub[0])
		return
	}
	var splits []int
	for i := n.min; i < n.max && !p.tooBig; i++ {
		split := p.emit(inst{op: iSplit})
		p.code[split].x = len(p.code)
		splits = append(splits, split)
		p.compile(n.sub[0])
	}
	for _, s := range splits {
		p.code[s].y = len(p.code)
	}
}

// loop compiles n*. A turn that matched nothing ends it.
func (p *prog) loop(n *node) {
	mark := p.slots
	p.slots++
	split := p.emit(inst{op: iSplit})
	p.emit(inst{op: iMark, x: mark})
	p.compile(n)
	p.emit(inst{op: iMove, x: mark})
	p.emit(inst{op: iJump, x: split})
	if p.tooBig {
		return
	}
	p.code[split].x = split + 1
	p.code[split].y = len(p.code)
}

// search finds the first match that begins at offset at or later.
func (p *prog) search(b []byte, at, limit int) ([]int, error) {
	m, err := p.machine(b, limit)
	if err != nil {
		return nil, err
	}
	for ; at <= limit; at++ {
		if p.code[0].op == iByte {
			i := bytes.IndexByte(b[at:limit], p.code[0].b)
			if i < 0 {
				return nil, nil
			}
			at += i
		}
		loc, err := m.run(at)
		if loc != nil || err != nil {
			return loc, err
		}
	}
	return nil, nil
}

func (p *prog) matchAt(b []byte, at, limit int) (int, error) {
	m, err := p.machine(b, limit)
	if err != nil {
		return -1, err
	}
	loc, err := m.run(at)
	if loc == nil {
		return -1, err
	}
	return loc[1], nil
}

// machine is one search.
type machine struct {
	p     *prog
	b     []byte
	limit int
	steps int
	slots []int
	stack []frame
}

// frame is something to be tried later, or (pc < 0) a slot to be put back.
type frame struct{ pc, at, slot, old int }

func (p *prog) machine(b []byte, limit int) (*machine, error) {
	if p.tooBig {
		return nil, ErrBudget
	}
	if !p.backref {
		bits := int64(len(p.code)) * int64(limit+1)
		if bits > memoBits {
			return nil, ErrBudget
		}
		words := int(bits+63) / 64
		if cap(p.visited) < words {
			p.visited = make([]uint64, words)
		} else {
			p.visited = p.visited[:words]
			clear(p.visited)
		}
	}
	return &machine{p: p, b: b, limit: limit, slots: make([]int, p.slots)}, nil
}

// run tries to match at exactly one place.
func (m *machine) run(at int) ([]int, error) {
	for i := range m.slots {
		m.slots[i] = -1
	}
	var best []int
	m.stack = append(m.stack[:0], frame{pc: 0, at: at})
	for len(m.stack) > 0 {
		f := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		if f.pc < 0 {
			m.slots[f.slot] = f.old
			continue
		}
		end, err := m.thread(f.pc, f.at)
		if err != nil {
			return nil, err
		}
		if end < 0 || best != nil && end <= best[1] {
			continue
		}
		best = append(best[:0], m.slots[:m.p.nsave]...)
		best[0], best[1] = at, end
		if end == m.limit {
			break // nothing is longer
		}
	}
	return best, nil
}

// thread follows one way until it fails (-1) or matches (the end).
func (m *machine) thread(pc, at int) (int, error) {
	for {
		if m.p.backref {
			if m.steps++; m.steps > stepBudget {
				return -1, ErrBudget
			}
		} else {
			bit := pc*(m.limit+1) + at
			if m.p.visited[bit>>6]&(1<<(bit&63)) != 0 {
				return -1, nil
			}
			m.p.visited[bit>>6] |= 1 << (bit & 63)
		}
		i := &m.p.code[pc]
		pc++
		switch i.op {
		case iByte:
			if at >= m.limit || m.b[at] != i.b {
				return -1, nil
			}
			at++
		case iSet:
			if at >= m.limit || !i.set.has(m.b[at]) {
				return -1, nil
			}
			at++
		case iSplit:
			m.stack = append(m.stack, frame{pc: i.y, at: at})
			pc = i.x
		case iJump:
			pc = i.x
		case iSave, iMark:
			m.stack = append(m.stack, frame{pc: -1, slot: i.x, old: m.slots[i.x]})
			m.slots[i.x] = at
		case iMove:
			if m.p.backref && m.slots[i.x] == at {
				return -1, nil
			}
		case iRef:
			n := m.refer(i.x, at)
			if n < 0 {
				return -1, nil
			}
			at += n
		case iAnchor:
			if !m.anchor(i.at, at) {
				return -1, nil
			}
		case iMatch:
			return at, nil
		}
	}
}

// refer is the length of the group's text if it stands at offset at, or -1.
func (m *machine) refer(group, at int) int {
	from, to := m.slots[2*group], m.slots[2*group+1]
	if from < 0 || to < from || at+to-from > m.limit {
		return -1
	}
	a, b := m.b[from:to], m.b[at:at+to-from]
	if bytes.Equal(a, b) || m.p.fold && equalFold(a, b) {
		return len(a)
	}
	return -1
}

// equalFold compares bytes of one length without regard to ASCII case.
func equalFold(a, b []byte) bool {
	for i := range a {
		if a[i] != b[i] && (!isLetter(a[i]) || a[i]|32 != b[i]|32) {
			return false
		}
	}
	return true
}

func (m *machine) anchor(a op, at int) bool {
	before := at > 0 && IsWord(m.b[at-1])
	after := at < len(m.b) && IsWord(m.b[at])
	switch a {
	case opBegText:
		return at == 0
	case opEndText:
		return at == len(m.b)
	case opBegLine:
		return at == 0 || m.p.multiline && m.b[at-1] == '\n'
	case opEndLine:
		return at == len(m.b) || m.p.multiline && m.b[at] == '\n'
	case opWordStart:
		return !before && after
	case opWordEnd:
		return before && !after
	case opWordEdge:
		return before != after
	case opNoWordEdge:
		return before == after
	}
	return false
}
