//go:build linux

package clients

// monitTasks is monit, which starts and stops by service(8) as its Debian
// examples say, and by the script.
func monitTasks() []task {
	return []task{{name: "monit", layer: "monit", files: map[string]string{"/etc/monit/monitrc": monitrc}, steps: []step{
		shell("monit starts what is not running", `chmod 600 /etc/monit/monitrc; monit -c /etc/monit/monitrc; sleep 4; service alpha status; service beta status`).
			expect("alpha is running", "beta is running"),
		shell("monit starts what has died", `kill $(cat /run/alpha.pid); sleep 4; service alpha status`).expect("alpha is running"),
		shell("monit is told to stop", `monit -c /etc/monit/monitrc stop alpha; sleep 4; service alpha status`).expect("alpha is stopped"),
		shell("monit is told to restart", `monit -c /etc/monit/monitrc restart beta; sleep 5; service beta status`).expect("beta is running"),
		shell("monit ends", `monit -c /etc/monit/monitrc quit; sleep 1`),
	}}}
}

const monitrc = `set daemon 1
set log /var/log/monit.log
set pidfile /run/monit.pid
set idfile /run/monit.id
set statefile /run/monit.state
set httpd port 2812 and use address localhost allow localhost
check process alpha with pidfile /run/alpha.pid
  start program = "/usr/sbin/service alpha start"
  stop program = "/usr/sbin/service alpha stop"
check process beta with pidfile /run/beta.pid
  start program = "/usr/sbin/service beta start"
  stop program = "/usr/sbin/service beta stop"
  restart program = "/usr/sbin/service beta restart"
`
