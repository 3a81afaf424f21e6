package system

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestAbs(t *testing.T) {
	for _, c := range []struct{ dir, path, want string }{
		{"/a", "b", "/a/b"}, {"/", "b", "/b"}, {"/a", "/b", "/b"}, {"/a", "", ""}, {"/a", "../b", "/a/../b"}, {"/a", "./", "/a/./"},
	} {
		if got := (&Process{Dir: c.dir}).Abs(c.path); got != c.want {
			t.Errorf("in %s %q is %q, not %q", c.dir, c.path, got, c.want)
		}
	}
}

func TestGetenv(t *testing.T) {
	p := &Process{Env: []string{"A=1", "AB=2", "A=3", "E=", "N"}}
	for name, want := range map[string]string{"A": "3", "AB": "2", "E": ""} {
		if got, ok := p.Getenv(name); got != want || !ok {
			t.Errorf("%s is %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"B", "N", "", "A="} {
		if got, ok := p.Getenv(name); ok {
			t.Errorf("%q is %q", name, got)
		}
	}
}

func TestForkIsIndependent(t *testing.T) {
	a := &counted{name: "a"}
	p := &Process{Dir: "/a", Limits: map[Resource]Limit{LimitCore: {1, 2}}, Ignored: []Signal{SIGHUP}, Restored: []Signal{SIGINT}}
	p.Files.Set(1, a)
	c := p.Fork()
	c.Dir = "/b"
	c.Limits[LimitCore] = Limit{3, 4}
	c.Ignored[0], c.Restored[0] = SIGTERM, SIGTERM
	c.Files.CloseAll()
	if p.Dir != "/a" || p.Limits[LimitCore].Soft != 1 || p.Ignored[0] != SIGHUP || p.Restored[0] != SIGINT || p.Stdout() != a || a.closed != 0 {
		t.Errorf("%+v", p)
	}
}

func TestReadAll(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	if b, err := ReadAll(iotest.OneByteReader(strings.NewReader(long)), 0); string(b) != long || err != nil {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if b, err := ReadAll(strings.NewReader(long), 10_000); len(b) != 10_000 || err != nil {
		t.Errorf("just enough: %d bytes, %v", len(b), err)
	}
	if _, err := ReadAll(strings.NewReader(long), 9_999); err != EFBIG {
		t.Errorf("too much: %v", err)
	}
	broken := errors.New("broken")
	if b, err := ReadAll(io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(broken)), 0); string(b) != "ab" || err != broken {
		t.Errorf("%q, %v", b, err)
	}
}

func TestWaitStatus(t *testing.T) {
	for _, c := range []struct {
		ws   WaitStatus
		want int
	}{{WaitStatus{}, 0}, {WaitStatus{Code: 255}, 255}, {WaitStatus{Signal: SIGTERM}, 143}, {WaitStatus{Signal: SIGSTOP, Stopped: true}, 147}} {
		if got := c.ws.Status(); got != c.want {
			t.Errorf("%+v is %d", c.ws, got)
		}
	}
}

// shelf is the part of Files that Users reads.
type shelf struct {
	Files
	text map[string]string
}

type book struct {
	closedFile
	io.Reader
}

func (b book) Read(p []byte) (int, error) { return b.Reader.Read(p) }
func (book) Close() error                 { return nil }

func (s shelf) Open(path string, _ OpenFlag, _ Mode) (File, error) {
	if t, ok := s.text[path]; ok {
		return book{Reader: strings.NewReader(t)}, nil
	}
	return nil, ENOENT
}

func TestUsers(t *testing.T) {
	u := Users{Sys: shelf{text: map[string]string{
		"/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n\n#off:x:9:9:::\nshort:x:1\nbad:x:one:1:::\n+::::::\nalice:x:1000:100:Alice,1,,:/home/a:\ntoor:x:0:0::/:\nlast:x:7:7::/:/bin/l",
		"/etc/group":  "root:x:0:\nusers:x:100:\n# g:x:5:\nadm:x:4:bob,alice\nlp:x:7:alice,bob\nodd:x:no:alice\nown:x:100:alice",
	}}}
	if x, ok := u.User("alice"); !ok || x != (User{"alice", "x", 1000, 100, "Alice,1,,", "/home/a", ""}) {
		t.Errorf("%+v %v", x, ok)
	}
	if x, ok := u.User("last"); !ok || x.Shell != "/bin/l" {
		t.Errorf("a last line with no newline: %+v %v", x, ok)
	}
	if x, ok := u.UserByID(0); !ok || x.Name != "root" {
		t.Errorf("the first with an id: %+v %v", x, ok)
	}
	for _, name := range []string{"off", "#off", "short", "bad", "", "+", "nobody"} {
		if x, ok := u.User(name); ok {
			t.Errorf("%q is %+v", name, x)
		}
	}
	if g, ok := u.Group("adm"); !ok || g.GID != 4 || !slices.Equal(g.Members, []string{"bob", "alice"}) {
		t.Errorf("%+v %v", g, ok)
	}
	if g, ok := u.GroupByID(100); !ok || g.Name != "users" || g.Members != nil {
		t.Errorf("%+v %v", g, ok)
	}
	if ids := u.GroupIDs("alice", 100); !slices.Equal(ids, []int{100, 4, 7}) {
		t.Errorf("%v", ids)
	}
	if n := len(u.All()); n != 4 {
		t.Errorf("%d users", n)
	}
	u.Root = "/chroot"
	if _, ok := u.User("root"); ok || u.All() != nil {
		t.Error("users of a root without the files")
	}
}

func TestModeString(t *testing.T) {
	for m, want := range map[Mode]string{
		TypeRegular | 0o644: "-rw-r--r--", TypeDir | 0o1777: "drwxrwxrwt", TypeDir | 0o1776: "drwxrwxrwT", TypeRegular | 0o6755: "-rwsr-sr-x",
		TypeRegular | 0o6644: "-rwSr-Sr--", TypeSymlink | 0o777: "lrwxrwxrwx", TypeFIFO: "p---------", TypeSocket | 0o600: "srw-------",
		TypeChar | 0o666: "crw-rw-rw-", TypeBlock | 0o660: "brw-rw----", 0: "?---------",
	} {
		if got := m.String(); got != want {
			t.Errorf("%o is %s, not %s", m, got, want)
		}
	}
}

func TestDeviceNumbers(t *testing.T) {
	for _, c := range []struct {
		major, minor uint32
		dev          uint64
	}{{1, 3, 0x103}, {5, 0, 0x500}, {259, 1, 0x10301}, {8, 256, 0x100800}, {0xfffff, 0xfffff, 0xff00ffffffff}} {
		d := Makedev(c.major, c.minor)
		if Major(d) != c.major || Minor(d) != c.minor {
			t.Errorf("%d:%d comes back as %d:%d", c.major, c.minor, Major(d), Minor(d))
		}
		if c.major < 1000 && d != c.dev {
			t.Errorf("%d:%d is %#x, not %#x", c.major, c.minor, d, c.dev)
		}
	}
}
