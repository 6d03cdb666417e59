# Answers one message on standard input, for socat to run: sh time_answer.sh TCP|UDP
stamp="[$(LC_ALL=C date '+%a %b %e %H:%M:%S %Y')] "
if [ "$1" = TCP ]; then
  # In two pieces: the stamp first.
  printf %s "$stamp"
  cat
else
  # In one write, which is one datagram.
  printf %s%s "$stamp" "$(cat)"
fi
