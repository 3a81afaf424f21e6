//go:build linux

package host

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sysv/system/linux"
)

// loggerCases are command lines of logger; SOCKET is one that is listened on.
const loggerCases = `
logger -u SOCKET hello world
logger -u SOCKET -t tag -p daemon.err hi
logger -u SOCKET -s -t tag msg
logger -u SOCKET -is msg
logger -u SOCKET --id=77 x
logger -u SOCKET -t 'ta[g]' -- -x
logger -u SOCKET -t '' x
logger -u SOCKET -p foo.bar x
logger -u SOCKET -p bar x
logger -u SOCKET -p 13 x
logger -u SOCKET -p .err x
logger -u SOCKET -p user. x
logger -u SOCKET -p kern.info x
logger -u SOCKET -p local7.panic x
logger -u SOCKET -p security.warn x
logger -u SOCKET -p mark.info x
logger -u SOCKET -p USER.Info x
logger -u SOCKET -p authpriv.debug x
logger -u SOCKET -p ftp.notice x
logger -u SOCKET -p local0.none x
logger -u SOCKET ''
logger -u SOCKET '' a
logger -u SOCKET a ''
logger -u SOCKET 'two\nlines'
logger -u SOCKET <a\n\n<12>b\nlast
logger -u SOCKET <\n
logger -u SOCKET -e <a\n\nb\n
logger -u SOCKET -f c1
logger -u SOCKET -f c1 with text
logger -u SOCKET -f nosuch
logger -u SOCKET -f empty
logger -u SOCKET -f -
logger -u SOCKET -f long
logger -u SOCKET -S 50 -f long2
logger -u SOCKET -S 10 aaaa bbbb cccc dddd
logger -u SOCKET -S 9 aaaa bbbb cccc dddd
logger -u SOCKET -S 10 a aaaaaaaaaaaaaaaaaaaaaa b
logger -u SOCKET -S 10 aaaaaaaaaa
logger -u SOCKET -S 10 aaaaaaaaa b
logger -u SOCKET -S 10 <aaaaaaaaaa\nbbbbbbbbbbb\nccccccccc\n
logger -u SOCKET x -t y
logger -u SOCKET -d x
logger -u SOCKET --no-act -s x
logger -u SOCKET --no-act x
TZ=Asia/Tokyo logger -u SOCKET x
logger -u /nosuch/log x
logger -u /nosuch/log -s x
logger -u /nosuch/log --no-act x
logger -u /nosuch/log -p bad x
logger -u c1 x
logger -u c1 -s x
logger -f nosuch -u /nosuch/log
`

// listen collects what is sent to a socket of its own.
func listen(t *testing.T) (path string, received func() string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "log")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 1)
	go func() {
		var all strings.Builder
		buf := make([]byte, 1<<17)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				break
			}
			if string(buf[:n]) == "end" {
				break
			}
			fmt.Fprintf(&all, "%q\n", buf[:n])
		}
		done <- all.String()
	}()
	return path, func() string {
		end, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
		if err != nil {
			t.Fatal(err)
		}
		end.Write([]byte("end"))
		end.Close()
		defer conn.Close()
		return <-done
	}
}

// hideTime replaces each time between from and to by NOW.
func hideTime(s string, from, to time.Time) string {
	for ; !from.After(to.Add(time.Second)); from = from.Add(time.Second) {
		s = strings.ReplaceAll(s, from.Format(time.Stamp), "NOW")
	}
	return s
}

func TestConfirmLogger(t *testing.T) {
	oracle(t, "logger 2.38")
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	// once gives all that a case shows, without the time, the pid and the
	// socket's name.
	once := func(tc testCase, run func(c command, dir string) (out string, pid int)) string {
		path, received := listen(t)
		dir := plant(t)
		loc := time.Local
		c := parseCommand(strings.ReplaceAll(tc.line, "SOCKET", path))
		for _, e := range c.env {
			if e == "TZ=Asia/Tokyo" {
				loc = tokyo
			}
		}
		from := time.Now().In(loc)
		out, pid := run(c, dir)
		out += received()
		out = hideTime(out, from, time.Now().In(loc))
		return strings.NewReplacer(path, "SOCKET", fmt.Sprintf("[%d]", pid), "[PID]").Replace(out)
	}
	cases := parseCases(t, loggerCases)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			want := once(tc, func(c command, dir string) (string, int) {
				cmd := exec.Command(c.argv[0], c.argv[1:]...)
				var stdout, stderr bytes.Buffer
				cmd.Dir, cmd.Env = dir, c.env
				cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(c.stdin), &stdout, &stderr
				cmd.Run()
				return fmt.Sprintf("%s%sstatus %d\n", stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()), cmd.ProcessState.Pid()
			})
			got := once(tc, func(c command, dir string) (string, int) {
				stdout, stderr, status, refused := ours(t, linux.New(), dir, c)
				return fmt.Sprintf("%s%sstatus %d\n%s", stdout, stderr, status, refused), os.Getpid()
			})
			if got != want {
				t.Errorf("%s\nwant %.600s\ngot  %.600s", tc.line, want, got)
			}
		})
	}
	t.Logf("%d cases compared", len(cases))
}
