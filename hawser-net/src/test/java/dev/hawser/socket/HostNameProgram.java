package dev.hawser.socket;

/** For tests to start where the host name is its own: sets it to each argument in turn, and tells what it is then. */
final class HostNameProgram {

    private HostNameProgram() {}

    public static void main(String[] names) throws Exception {
        for (String name : names) {
            NameService.setHostName(name);
            System.out.println(NameService.getHostName());
            new ProcessBuilder("uname", "-n").inheritIO().start().waitFor();
        }
    }
}
